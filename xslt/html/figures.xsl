<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module figures: tables, pictures, formulae. No picture is loaded: a page must not call
     on other machines, and the file may not be here. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- The div around the table lets CSS scroll it alone. -->
<xsl:template match="tei:table">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates select="tei:row[1]/preceding-sibling::node() | node()[not(../tei:row)]"/>
    <xsl:if test="tei:row">
      <table>
        <xsl:apply-templates select="tei:row[1] | tei:row[1]/following-sibling::node()" mode="row"/>
      </table>
    </xsl:if>
    <xsl:call-template name="note-call"/>
  </div>
</xsl:template>

<!-- Mode row: the element as a row; a page that begins between rows gets one of its own. -->
<xsl:template match="text()" mode="row"/>
<xsl:template match="*" mode="row">
  <tr class="tk-stray"><td><xsl:apply-templates select="."/></td></tr>
</xsl:template>
<xsl:template match="text()[normalize-space()]" mode="row">
  <tr class="tk-stray"><td><xsl:value-of select="."/></td></tr>
</xsl:template>

<xsl:template match="tei:row" mode="row">
  <tr>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:apply-templates select="tei:cell | tei:table" mode="cell"/>
    <xsl:if test="not(tei:cell | tei:table)"><td><xsl:apply-templates/></td></xsl:if>
  </tr>
</xsl:template>

<!-- Mode cell: the element as a cell; what stands before it (a page that begins) goes inside. -->
<xsl:template match="*" mode="cell">
  <xsl:variable name="name">
    <xsl:choose>
      <xsl:when test="@role = 'label' or ../@role = 'label'">th</xsl:when>
      <xsl:otherwise>td</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:element name="{$name}">
    <xsl:if test="self::tei:cell"><xsl:apply-templates select="." mode="attributes"/></xsl:if>
    <xsl:call-template name="findings"/>
    <xsl:variable name="before" select="preceding-sibling::*[self::tei:cell | self::tei:table][1]"/>
    <xsl:apply-templates select="preceding-sibling::node()[not(self::tei:cell | self::tei:table)][
        count(preceding-sibling::*[self::tei:cell | self::tei:table][1] | $before) = count($before)]"/>
    <xsl:choose>
      <xsl:when test="self::tei:cell"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="not(following-sibling::tei:cell | following-sibling::tei:table)">
      <xsl:apply-templates select="following-sibling::node()"/>
    </xsl:if>
    <xsl:call-template name="note-call"/>
  </xsl:element>
</xsl:template>

<xsl:template match="tei:cell | tei:row">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:cell" mode="data">
  <xsl:if test="@cols &gt; 1"><xsl:attribute name="colspan"><xsl:value-of select="@cols"/></xsl:attribute></xsl:if>
  <xsl:if test="@rows &gt; 1"><xsl:attribute name="rowspan"><xsl:value-of select="@rows"/></xsl:attribute></xsl:if>
</xsl:template>

<xsl:template match="tei:figure">
  <xsl:call-template name="box">
    <xsl:with-param name="holder">figure</xsl:with-param>
    <xsl:with-param name="block">figure</xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:figDesc | tei:formula | tei:notatedMusic">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:graphic | tei:media | tei:binaryObject">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label" select="string(@url)"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
