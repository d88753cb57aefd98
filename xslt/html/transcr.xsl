<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI modules transcr and gaiji: what is on the page, and what the editor supplies. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:supplied | tei:surplus | tei:damage | tei:restore | tei:retrace | tei:subst
    | tei:secl | tei:redo | tei:undo | tei:mod | tei:metamark | tei:fw | tei:transpose
    | tei:listTranspose | tei:line | tei:zone | tei:surface | tei:surfaceGrp | tei:sourceDoc">
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

<!-- A character that Unicode may lack: its text, or else the name of the glyph. -->
<xsl:template match="tei:g">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:if test="not(normalize-space()) and (@type or @ref)">
        <xsl:text>((</xsl:text>
        <xsl:choose>
          <xsl:when test="contains(@ref, '#')"><xsl:value-of select="substring-after(@ref, '#')"/></xsl:when>
          <xsl:when test="@type"><xsl:value-of select="@type"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="@ref"/></xsl:otherwise>
        </xsl:choose>
        <xsl:text>))</xsl:text>
      </xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
