<?xml version="1.0" encoding="UTF-8"?>
<!-- Words of the interface. They come with the document, in tk:strings; none is written here. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tk="urn:teikit" exclude-result-prefixes="tk">

<!-- libxslt looks through the whole document again for each use of a key that matches nothing:
     tk:strings, which is always there, and found by none, is among the matches of every key. -->
<xsl:key name="tk:string" match="tk:string | tk:strings" use="@key"/>

<!-- The words for $key; where there are none, $else. -->
<xsl:template name="label">
  <xsl:param name="key"/>
  <xsl:param name="else" select="$key"/>
  <xsl:variable name="found" select="key('tk:string', $key)"/>
  <xsl:choose>
    <xsl:when test="$found"><xsl:value-of select="$found[1]"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="$else"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tk:strings"/>

</xsl:stylesheet>
