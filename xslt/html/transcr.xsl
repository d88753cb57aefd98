<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module transcr: what is on the page, and what the editor supplies. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:supplied | tei:surplus | tei:damage | tei:restore | tei:retrace | tei:subst
    | tei:secl | tei:redo | tei:undo | tei:mod | tei:metamark | tei:fw | tei:transpose
    | tei:listTranspose">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- A space in the source is one space in the page. -->
<xsl:template match="tei:space">
  <xsl:call-template name="findings"/>
  <span><xsl:apply-templates select="." mode="attributes"/><xsl:text> </xsl:text></span>
  <xsl:apply-templates/>
  <xsl:call-template name="note-call"/>
</xsl:template>

<!-- Points in the text that show nothing by themselves. -->
<xsl:template match="tei:handShift | tei:addSpan | tei:delSpan | tei:damageSpan | tei:anchor
    | tei:substJoin">
  <xsl:call-template name="findings"/>
  <xsl:call-template name="empty"/>
</xsl:template>

</xsl:stylesheet>
