<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module transcr, pictures of pages: surfaces, zones, and the way from the text to
     the picture. Python has found in tk:facs where the picture of a place is. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:surfaceGrp | tei:surface | tei:zone | tei:line | tei:path | tei:handNotes">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- The link to the picture of this place. Where pages and the like begin it is always shown, of
     other places only with the lines of the source. -->
<xsl:template name="facs">
  <xsl:if test="@tk:facs">
    <a class="tk-facs" href="{@tk:facs}">
      <xsl:if test="not(self::tei:pb | self::tei:div | self::tei:text | self::tei:figure)">
        <xsl:attribute name="class">tk-facs tk-of-place</xsl:attribute>
      </xsl:if>
      <xsl:attribute name="aria-label">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.facs'"/></xsl:call-template>
        <xsl:if test="@n"><xsl:text> </xsl:text><xsl:value-of select="@n"/></xsl:if>
      </xsl:attribute>
    </a>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
