<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module figures: tables, pictures, formulae. A picture that lies in the edition is shown
     (tk:src); of any other there is a link, since a page must not call on other machines. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="tei tk svg">

<!-- The div around the table lets CSS scroll it alone. -->
<xsl:template match="tei:table">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates select="tei:row[1]/preceding-sibling::node() | self::*[not(tei:row)]/node()"/>
    <xsl:if test="tei:row">
      <table>
        <xsl:apply-templates select="tei:row[1] | tei:row[1]/following-sibling::node()" mode="row"/>
      </table>
    </xsl:if>
    <xsl:call-template name="note-call"/>
  </div>
</xsl:template>

<!-- Mode row: the element as a row; a page that begins between rows gets one of its own. -->
<xsl:template match="*" mode="row">
  <tr class="tk-stray"><td><xsl:apply-templates select="."/></td></tr>
</xsl:template>
<xsl:template match="text()" mode="row">
  <xsl:if test="normalize-space()"><tr class="tk-stray"><td><xsl:value-of select="."/></td></tr></xsl:if>
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
  <xsl:if test="@tk:cols"><xsl:attribute name="colspan"><xsl:value-of select="@tk:cols"/></xsl:attribute></xsl:if>
  <xsl:if test="@tk:rows"><xsl:attribute name="rowspan"><xsl:value-of select="@tk:rows"/></xsl:attribute></xsl:if>
</xsl:template>

<xsl:template match="tei:figure">
  <xsl:call-template name="box">
    <xsl:with-param name="holder" select="'figure'"/>
    <xsl:with-param name="block" select="'figure'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:formula | tei:notatedMusic">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- The words for a picture. Where it is shown they are its alt, and are not read out twice. -->
<xsl:template match="tei:figDesc">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:figure[*/@tk:src]/tei:figDesc[not(.//@tk:a | .//@tk:note | @tk:note
    | .//@tk:findings)]" mode="data">
  <xsl:attribute name="aria-hidden">true</xsl:attribute>
</xsl:template>

<!-- A picture, with a link to it in its full size. -->
<xsl:template match="tei:graphic[@tk:src] | tei:media[@tk:src]">
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:choose>
      <xsl:when test="@tk:a = 'whole'"><a href="{@tk:href}"><xsl:call-template name="picture"/></a></xsl:when>
      <xsl:otherwise><xsl:call-template name="picture"/></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates/>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template name="picture">
  <xsl:variable name="words">
    <xsl:value-of select="(@tk:glyph-name | tei:desc | ../tei:figDesc | ../tei:head)[1]"/>
  </xsl:variable>
  <img src="{@tk:src}" loading="lazy">
    <xsl:if test="@tk:width">
      <xsl:attribute name="width"><xsl:value-of select="@tk:width"/></xsl:attribute>
      <xsl:attribute name="height"><xsl:value-of select="@tk:height"/></xsl:attribute>
    </xsl:if>
    <xsl:attribute name="alt">
      <xsl:value-of select="normalize-space($words)"/>
      <xsl:if test="not(normalize-space($words))">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.picture'"/></xsl:call-template>
      </xsl:if>
    </xsl:attribute>
  </img>
</xsl:template>

<!-- A picture elsewhere: its address, as a link where a page may lead there. -->
<xsl:template match="tei:graphic[@tk:href and not(@tk:src)] | tei:media[@tk:href and not(@tk:src)]">
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:choose>
      <xsl:when test="@tk:a = 'whole'"><a class="tk-label" href="{@tk:href}"><xsl:value-of select="@url"/></a></xsl:when>
      <xsl:otherwise><span class="tk-label"><xsl:value-of select="@url"/></span></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates/>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:graphic | tei:media | tei:binaryObject">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label" select="string(@url)"/>
  </xsl:call-template>
</xsl:template>

<!-- A drawing is live markup: only its words are kept, and it is reported. -->
<xsl:template match="svg:*" mode="attributes">
  <xsl:attribute name="class">svg-<xsl:value-of select="local-name()"/></xsl:attribute>
  <xsl:if test="@tk:id"><xsl:attribute name="id"><xsl:value-of select="@tk:id"/></xsl:attribute></xsl:if>
</xsl:template>

</xsl:stylesheet>
