<?xml version="1.0" encoding="UTF-8"?>
<!-- What no template knows: its words are kept, and it is reported. Imported, so that any other
     template wins. The message is read by teikit: name, parent, number of the element. In the
     header, which is shown by its fields, nothing is reported. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="*">
  <xsl:if test="not(ancestor-or-self::tei:teiHeader)">
    <xsl:message>no template for <xsl:value-of select="name()"/> in <xsl:value-of
        select="name(..)"/> [<xsl:value-of select="@tk:ordinal"/>]</xsl:message>
  </xsl:if>
  <xsl:call-template name="box"/>
</xsl:template>

<!-- Where xi:include could bring nothing in: which file is missing, for readers to see. -->
<xsl:template match="processing-instruction('teikit-missing')">
  <span class="tk-missing tk-label">
    <xsl:text>[</xsl:text>
    <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.missing'"/></xsl:call-template>
    <xsl:text> </xsl:text><xsl:value-of select="."/><xsl:text>]</xsl:text>
  </span>
</xsl:template>

</xsl:stylesheet>
