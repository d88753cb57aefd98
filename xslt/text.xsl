<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of a text, without its markup, in one of two forms ($form):
     reading: the words as edited; source: the words as they stand in the source; notes: those of
     the notes, each after its number and the passage it is about.
     Comes out as tk:block (kind), tk:lb, tk:pb, tk:space and tk:tab; tools/teikit/plain.py
     makes the characters of it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    xmlns:str="http://exslt.org/strings" exclude-result-prefixes="tei str">

<xsl:include href="lib/params.xsl"/>
<xsl:include href="text/words.xsl"/>
<xsl:include href="text/blocks.xsl"/>

<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<xsl:template match="/">
  <tk:text>
    <xsl:choose>
      <xsl:when test="$form = 'notes'">
        <xsl:apply-templates select="//tei:note[ancestor::tei:text or ancestor::tei:standOff][
            not(ancestor::tei:eg or ancestor::*[local-name() = 'egXML'])]" mode="noted"/>
      </xsl:when>
      <xsl:when test=".//tei:text | .//tei:sourceDoc | .//tei:facsimile">
        <xsl:apply-templates select="/tei:text | //tei:text[not(ancestor::tei:text)]
          | //tei:sourceDoc[not(../tei:text)][not(ancestor::tei:text)]
          | //tei:facsimile[not(../tei:text | ../tei:sourceDoc)][not(ancestor::tei:text)]"/>
      </xsl:when>
      <xsl:when test=".//tei:standOff">
        <xsl:apply-templates select="//tei:standOff[not(ancestor::tei:standOff)]/node()"/>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="*"/></xsl:otherwise>
    </xsl:choose>
  </tk:text>
</xsl:template>

<!-- Mode noted: a note with its number and the id of the passage it is about. -->
<xsl:template match="tei:note" mode="noted">
  <tk:block kind="note">
    <tk:block>
      <xsl:text>[</xsl:text><xsl:value-of select="position()"/><xsl:text>] </xsl:text>
      <xsl:call-template name="passage"/>
    </tk:block>
    <xsl:apply-templates/>
  </tk:block>
</xsl:template>

<xsl:template name="passage">
  <xsl:choose>
    <xsl:when test="normalize-space(@target)">
      <xsl:call-template name="ids">
        <xsl:with-param name="pointers" select="normalize-space(@target)"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="whole" select="ancestor::tei:text[1] | ancestor::tei:standOff[1]"/>
      <xsl:value-of select="ancestor::*[@xml:id][ancestor::*[count(. | $whole) = count($whole)]][
          1]/@xml:id"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The pointers without the # that those into this file begin with. -->
<xsl:template name="ids">
  <xsl:param name="pointers"/>
  <xsl:for-each select="str:tokenize($pointers, ' ')">
    <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
    <xsl:choose>
      <xsl:when test="starts-with(., '#')"><xsl:value-of select="substring(., 2)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
