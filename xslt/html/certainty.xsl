<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module certainty: what an editor doubts, and who is responsible. It is told among the notes
     and called from its place, or from what it targets; in a note or an apparatus it stays there. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:certainty | tei:precision | tei:respons">
  <xsl:choose>
    <xsl:when test="$notes = 'yes' and @tk:note"><xsl:call-template name="note-call"/></xsl:when>
    <xsl:when test="$notes = 'yes' and @tk:on"/>
    <xsl:otherwise>
      <xsl:text> </xsl:text>
      <xsl:variable name="name">
        <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
      </xsl:variable>
      <xsl:element name="{$name}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:call-template name="doubt"/>
        <xsl:apply-templates/>
      </xsl:element>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tei:certainty | tei:precision | tei:respons" mode="notes">
  <xsl:apply-templates select="." mode="note"/>
</xsl:template>

<xsl:template match="tei:certainty | tei:precision | tei:respons" mode="note">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="doubt"/>
    <xsl:apply-templates/>
  </div>
</xsl:template>

<!-- What it says in its attributes, in words. -->
<xsl:template name="doubt">
  <span class="tk-label">
    <xsl:call-template name="label"><xsl:with-param name="key" select="concat('sign.', local-name())"/></xsl:call-template>
    <xsl:variable name="said"><xsl:call-template name="said-of"/></xsl:variable>
    <xsl:if test="@locus or $said != ''"><xsl:text>: </xsl:text></xsl:if>
    <xsl:if test="@locus">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('value.', @locus)"/>
        <xsl:with-param name="else" select="@locus"/>
      </xsl:call-template>
      <xsl:if test="@assertedValue"><xsl:value-of select="concat(' ', @assertedValue)"/></xsl:if>
      <xsl:if test="@target and not(@tk:on)">
        <xsl:value-of select="concat(' (', translate(@target, '#', ''), ')')"/>
      </xsl:if>
      <xsl:if test="$said != ''"><xsl:text>; </xsl:text></xsl:if>
    </xsl:if>
    <xsl:value-of select="$said"/>
  </span>
  <xsl:if test="node()"><xsl:text> </xsl:text></xsl:if>
</xsl:template>

</xsl:stylesheet>
