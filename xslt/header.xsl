<?xml version="1.0" encoding="UTF-8"?>
<!-- The teiHeader as a fragment of HTML: what the file says of itself, part by part. Labels are
     the strings "header.NAME"; where there is none, TEI's own name of the element. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:import href="html.xsl"/>

<xsl:key name="tk:category" match="tei:category | tk:strings" use="@xml:id"/>

<xsl:template match="/">
  <div class="teiHeader">
    <xsl:apply-templates select="(//tei:teiHeader)[1]/*[not(self::tei:xenoData)]" mode="part"/>
  </div>
</xsl:template>

<!-- Mode part: a section with a heading; $rank is that of the heading. -->
<xsl:template match="*" mode="part">
  <xsl:param name="rank" select="2"/>
  <section>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:element name="h{$rank}">
      <xsl:apply-templates select="." mode="name"/>
    </xsl:element>
    <xsl:choose>
      <xsl:when test="$rank = 2 and not(self::tei:revisionDesc)">
        <xsl:apply-templates select="*" mode="part"><xsl:with-param name="rank" select="3"/></xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="content"/></xsl:otherwise>
    </xsl:choose>
  </section>
</xsl:template>

<!-- A name is taken for that of a person, unless its type says otherwise. -->
<xsl:template match="tei:name[starts-with(@type, 'org')]" mode="name">
  <xsl:call-template name="label"><xsl:with-param name="key" select="'header.orgName'"/></xsl:call-template>
</xsl:template>

<xsl:template match="tei:language | tei:prefixDef" mode="said-by-attributes">
  <code class="tk-code"><xsl:value-of select="@ident"/><xsl:if test="self::tei:prefixDef">:</xsl:if></code>
  <xsl:text> </xsl:text>
</xsl:template>

<xsl:template match="tei:citeStructure" mode="said-by-attributes">
  <code class="tk-code"><xsl:value-of select="@unit"/></code>
  <xsl:text> </xsl:text>
  <code class="tk-code"><xsl:value-of select="@match"/></code>
</xsl:template>

<xsl:template match="tei:catRef" mode="said-by-attributes">
  <xsl:variable name="category"
      select="key('tk:category', substring-after(@target, '#'))/tei:catDesc"/>
  <xsl:choose>
    <xsl:when test="$category"><xsl:apply-templates select="$category"/></xsl:when>
    <xsl:otherwise><code class="tk-code"><xsl:value-of select="@target"/></code></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tei:category | tei:classCode | tei:tagUsage | tei:rendition"
    mode="said-by-attributes">
  <xsl:if test="@xml:id | @scheme | @target | @gi">
    <code class="tk-code"><xsl:value-of select="(@xml:id | @scheme | @target | @gi)[1]"/></code>
    <xsl:text> </xsl:text>
  </xsl:if>
</xsl:template>

<!-- In the description of a source: what kind of identifier, and how much of what. -->
<xsl:template match="tei:bibl/tei:idno[@type]">
  <xsl:apply-templates select="." mode="said-by-attributes"/>
  <xsl:apply-imports/>
</xsl:template>

<xsl:template match="tei:bibl//tei:measure">
  <xsl:apply-imports/>
  <xsl:call-template name="field-unit"/>
</xsl:template>

<xsl:template match="tei:teiHeader//*[@xml:lang]" mode="data">
  <xsl:apply-imports/>
  <xsl:call-template name="other-language"/>
</xsl:template>

</xsl:stylesheet>
