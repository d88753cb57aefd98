<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module linking: what says something of the markup, not of the words; and annotations
     that stand apart from their text (standOff). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:link | tei:linkGrp | tei:join | tei:joinGrp | tei:alt | tei:altGrp
    | tei:timeline | tei:when">
  <xsl:choose>
    <xsl:when test="@tk:id"><xsl:call-template name="box"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tei:listAnnotation">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- An annotation, with the way to what it is about. -->
<xsl:template match="tei:annotation">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates/>
    <xsl:if test="@tk:href">
      <xsl:text> </xsl:text>
      <a class="tk-back" href="{@tk:href}">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.annotated'"/></xsl:call-template>
        </xsl:attribute>
        <xsl:text>↩</xsl:text>
      </a>
    </xsl:if>
    <xsl:call-template name="note-call"/>
  </div>
</xsl:template>

<!-- A note that is called in the text is told there. -->
<xsl:template match="tei:note[@tk:told] | tei:certainty[@tk:told] | tei:precision[@tk:told]
    | tei:respons[@tk:told]"/>

<!-- What stands apart from the text and has words, after the text. -->
<xsl:template name="annotations">
  <xsl:variable name="parts" select="//tei:standOff/*[@tk:beside]"/>
  <xsl:if test="$parts">
    <section class="tk-annotations">
      <h2 class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.annotations'"/></xsl:call-template>
      </h2>
      <xsl:apply-templates select="$parts"/>
    </section>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
