<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module nets: graphs and trees, by the names of their nodes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:graph | tei:tree | tei:eTree | tei:triangle | tei:forest | tei:listForest
    | tei:root | tei:node | tei:iNode | tei:leaf | tei:eLeaf">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:if test="not(normalize-space())"><xsl:value-of select="@xml:id"/></xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:arc">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:value-of select="concat(translate(@from, '#', ''), ' → ', translate(@to, '#', ''), ' ')"/>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
