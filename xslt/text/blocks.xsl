<?xml version="1.0" encoding="UTF-8"?>
<!-- What gets a line of its own in plain text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei">

<!-- Python has told blocks from running text (tk:box). -->
<xsl:template match="*" priority="-0.25">
  <xsl:choose>
    <xsl:when test="@tk:box"><tk:block><xsl:apply-templates/></tk:block></xsl:when>
    <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A note that the source has in its line runs on there. -->
<xsl:template match="tei:note[@place = 'inline']/tei:p">
  <xsl:choose>
    <xsl:when test="$form = 'source'"><xsl:apply-templates/></xsl:when>
    <xsl:otherwise><tk:block><xsl:apply-templates/></tk:block></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Headings stand apart, and so do stanzas and speeches. -->
<xsl:template match="tei:head">
  <tk:block kind="head"><xsl:apply-templates/></tk:block>
</xsl:template>

<xsl:template match="tei:lg">
  <tk:block kind="stanza"><xsl:apply-templates/></tk:block>
</xsl:template>

<xsl:template match="tei:sp">
  <tk:block kind="speech"><xsl:apply-templates/></tk:block>
</xsl:template>

<!-- A row is a line; so is an item with its label. White space between them is no text. -->
<xsl:template match="tei:row">
  <tk:block>
    <xsl:for-each select="tei:cell">
      <xsl:if test="position() &gt; 1"><tk:tab/></xsl:if>
      <xsl:apply-templates/>
    </xsl:for-each>
  </tk:block>
</xsl:template>

<xsl:template match="tei:list/tei:label">
  <tk:block><xsl:apply-templates/></tk:block>
</xsl:template>

</xsl:stylesheet>
