<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module gaiji: characters that Unicode may lack. Python has found in tk:glyph what
     stands for an empty g (a mapping of its char or glyph), and in tk:glyph-name its name. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:g">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:choose>
        <xsl:when test="normalize-space()"/>
        <xsl:when test="@tk:glyph"><xsl:value-of select="@tk:glyph"/></xsl:when>
        <xsl:when test="@tk:glyph-name">((<xsl:value-of select="@tk:glyph-name"/>))</xsl:when>
        <xsl:when test="contains(@ref, '#')">((<xsl:value-of select="substring-after(@ref, '#')"/>))</xsl:when>
        <xsl:when test="@type">((<xsl:value-of select="@type"/>))</xsl:when>
        <xsl:when test="@ref">((<xsl:value-of select="@ref"/>))</xsl:when>
      </xsl:choose>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- One of which there is a picture only. -->
<xsl:template match="tei:g[@tk:src and not(normalize-space())]">
  <xsl:call-template name="findings"/>
  <span>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="picture"/>
  </span>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:g" mode="data">
  <xsl:if test="@tk:glyph-name">
    <xsl:attribute name="title"><xsl:value-of select="@tk:glyph-name"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:charDecl | tei:char | tei:glyph">
  <xsl:call-template name="record"/>
</xsl:template>

<xsl:template match="tei:mapping | tei:charName | tei:glyphName">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:localProp | tei:unicodeProp | tei:unihanProp | tei:charProp | tei:localName
    | tei:value">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:value-of select="@name"/>
      <xsl:if test="@value"><xsl:value-of select="concat(' ', @value)"/></xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
