<?xml version="1.0" encoding="UTF-8"?>
<!-- MathML in a formula: the elements and attributes that only say how it is set. All else in it
     keeps its words. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    xmlns:m="http://www.w3.org/1998/Math/MathML" exclude-result-prefixes="tei tk m">

<xsl:template match="m:math">
  <math>
    <xsl:if test="@tk:id"><xsl:attribute name="id"><xsl:value-of select="@tk:id"/></xsl:attribute></xsl:if>
    <xsl:if test="@display = 'block' or ../@rend = 'block'">
      <xsl:attribute name="display">block</xsl:attribute>
    </xsl:if>
    <xsl:apply-templates select="* | text()" mode="math"/>
  </math>
</xsl:template>

<!-- Mode math: the node inside a math element. -->
<xsl:template match="text()" mode="math"><xsl:value-of select="."/></xsl:template>

<xsl:template match="*" mode="math">
  <mrow>
    <xsl:for-each select="* | text()">
      <xsl:choose>
        <xsl:when test="self::*"><xsl:apply-templates select="." mode="math"/></xsl:when>
        <xsl:otherwise><mtext><xsl:value-of select="."/></mtext></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </mrow>
</xsl:template>

<xsl:template match="m:mi | m:mn | m:mo | m:mtext | m:ms | m:mspace | m:mrow | m:mfrac | m:msqrt
    | m:mroot | m:mstyle | m:merror | m:mpadded | m:mphantom | m:msub | m:msup | m:msubsup
    | m:munder | m:mover | m:munderover | m:mmultiscripts | m:mprescripts | m:none | m:mtable
    | m:mtr | m:mtd" mode="math">
  <xsl:element name="{local-name()}">
    <xsl:for-each select="@mathvariant | @displaystyle | @stretchy | @fence | @separator | @accent
        | @accentunder | @columnspan | @rowspan | @dir">
      <xsl:if test="translate(., 'abcdefghijklmnopqrstuvwxyz-0123456789', '') = ''">
        <xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
      </xsl:if>
    </xsl:for-each>
    <xsl:apply-templates select="* | text()" mode="math"/>
  </xsl:element>
</xsl:template>

<!-- What is meant, with its names in other systems. -->
<xsl:template match="m:semantics" mode="math">
  <semantics><xsl:apply-templates select="*" mode="math"/></semantics>
</xsl:template>

<xsl:template match="m:annotation" mode="math">
  <annotation><xsl:value-of select="."/></annotation>
</xsl:template>

</xsl:stylesheet>
