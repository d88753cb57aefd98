<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module dictionaries: entries, their senses and forms. How they are set apart is
     CSS; a sense that is numbered shows its number. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:superEntry | tei:entry | tei:entryFree | tei:dictScrap | tei:hom | tei:re
    | tei:form | tei:orth | tei:pron | tei:hyph | tei:syll | tei:stress | tei:gramGrp | tei:gram
    | tei:pos | tei:gen | tei:number | tei:case | tei:per | tei:tns | tei:mood | tei:iType
    | tei:subc | tei:colloc | tei:usg | tei:lbl | tei:def | tei:etym | tei:lang | tei:xr">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:sense">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label"><xsl:if test="@n"><xsl:value-of select="concat(@n, ' ')"/></xsl:if></xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- The headword again. -->
<xsl:template match="tei:oRef | tei:pRef">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label"><xsl:if test="not(normalize-space())">~</xsl:if></xsl:with-param>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
