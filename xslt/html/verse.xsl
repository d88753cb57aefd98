<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module verse, with the verse of core. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:lg | tei:l">
  <xsl:call-template name="box"/>
  <xsl:apply-templates select="." mode="summary"/>
</xsl:template>

<!-- Verse that can be cited: its number is a link to itself. -->
<xsl:template match="tei:lg[@tk:n and @tk:box] | tei:l[@tk:n and @tk:box]" priority="1">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="paragraph-number"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates/>
    <xsl:call-template name="outer-link"/>
    <xsl:call-template name="note-call"/>
  </div>
  <xsl:apply-templates select="." mode="summary"/>
</xsl:template>

<!-- A line that carries its number, or the part of a line that is shared by speakers; metre and
     rhyme. -->
<xsl:template match="tei:l | tei:lg | tei:rhyme" mode="data">
  <xsl:for-each select="@n[local-name(..) = 'l'] | @part | @met | @real | @rhyme | @label">
    <xsl:attribute name="data-{name()}"><xsl:value-of select="."/></xsl:attribute>
  </xsl:for-each>
</xsl:template>

<xsl:template match="tei:caesura">
  <xsl:text> </xsl:text>
  <xsl:call-template name="empty"/>
</xsl:template>

<xsl:template match="tei:rhyme | tei:metDecl | tei:metSym">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
