<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module header, correspondence: who wrote to whom, from where and when, and the letters
     before and after. What parts the names from one another is CSS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:correspDesc | tei:correspContext">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:correspAction">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('header.corresp-', @type)"/>
        <xsl:with-param name="else" select="string(@type)"/>
      </xsl:call-template>
      <xsl:text> </xsl:text>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:correspContext/tei:ref | tei:correspContext/tei:ptr">
  <div class="tk-context">
    <span class="tk-label">
      <xsl:call-template name="label">
        <xsl:with-param name="key">
          <xsl:choose>
            <xsl:when test="starts-with(@type, 'prev') or starts-with(@subtype, 'prev')">header.corresp-prev</xsl:when>
            <xsl:when test="starts-with(@type, 'next') or starts-with(@subtype, 'next')">header.corresp-next</xsl:when>
            <xsl:when test="@type = 'belongsToCorrespondence'">header.corresp-belongs</xsl:when>
            <xsl:otherwise>header.corresp-other</xsl:otherwise>
          </xsl:choose>
          <xsl:if test="@subtype and @type = 'withinCorrespondence'">-within</xsl:if>
        </xsl:with-param>
      </xsl:call-template>
    </span>
    <xsl:text> </xsl:text>
    <xsl:apply-templates select="." mode="in-context"/>
  </div>
</xsl:template>

<!-- Mode in-context: the letter before or after, as a link. -->
<xsl:template match="tei:ref" mode="in-context">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:ptr" mode="in-context">
  <xsl:call-template name="findings"/>
  <xsl:choose>
    <xsl:when test="@tk:href">
      <a href="{@tk:href}">
        <xsl:apply-templates select="." mode="attributes"/>
        <span class="tk-label"><xsl:value-of select="@target"/></span>
      </a>
    </xsl:when>
    <xsl:otherwise><span class="tk-label"><xsl:value-of select="@target"/></span></xsl:otherwise>
  </xsl:choose>
  <xsl:call-template name="note-call"/>
</xsl:template>

<!-- Where the header says more than the names: field by field. -->
<xsl:template match="tei:correspAction | tei:correspContext" mode="field">
  <xsl:apply-templates select="."/>
</xsl:template>

</xsl:stylesheet>
