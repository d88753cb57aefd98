<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module iso-fs: features with their values, as "name: value". -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:fs | tei:f | tei:vLabel">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:value-of select="@name | self::tei:fs/@type"/>
      <xsl:if test="@name | self::tei:fs/@type">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'site.colon'"/></xsl:call-template>
      </xsl:if>
      <xsl:if test="not(normalize-space() or *)"><xsl:value-of select="@fVal | @feats"/></xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:symbol | tei:binary | tei:numeric">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:value-of select="@value"/>
      <xsl:if test="@max">–<xsl:value-of select="@max"/></xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:string | tei:default | tei:fLib | tei:fvLib | tei:vAlt | tei:vColl | tei:vMerge
    | tei:vNot">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
