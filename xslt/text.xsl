<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of a text, without its markup, in one of two forms ($form):
     reading: the words as edited; source: the words as they stand in the source.
     Comes out as tk:block (kind), tk:lb, tk:pb, tk:space and tk:tab; tools/teikit/plain.py
     makes the characters of it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei">

<xsl:include href="lib/params.xsl"/>
<xsl:include href="text/words.xsl"/>
<xsl:include href="text/blocks.xsl"/>

<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<xsl:template match="/">
  <tk:text>
    <xsl:choose>
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

</xsl:stylesheet>
