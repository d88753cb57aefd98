<?xml version="1.0" encoding="UTF-8"?>
<!-- The teiHeader as a fragment of HTML: what the file says of itself, part by part. Labels are
     the strings "header.NAME"; where there is none, TEI's own name of the element. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:import href="html.xsl"/>

<!-- The language of the page: of passages that the header has in several, the others are marked. -->
<xsl:param name="language" select="'en'"/>

<xsl:key name="tk:category" match="tei:category" use="@xml:id"/>

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

<!-- Mode name: what the element is called on the page. -->
<xsl:template match="*" mode="name">
  <xsl:call-template name="label">
    <xsl:with-param name="key" select="concat('header.', local-name())"/>
    <xsl:with-param name="else" select="local-name()"/>
  </xsl:call-template>
</xsl:template>

<!-- A name is taken for that of a person, unless its type says otherwise. -->
<xsl:template match="tei:name[starts-with(@type, 'org')]" mode="name">
  <xsl:call-template name="label"><xsl:with-param name="key">header.orgName</xsl:with-param></xsl:call-template>
</xsl:template>

<!-- Mode content: prose as it is; what has fields only, field by field. -->
<xsl:template match="*" mode="content">
  <xsl:choose>
    <xsl:when test="text()[normalize-space()] or not(*)"><xsl:apply-templates/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="*" mode="field"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Mode field: a label with its value. -->
<xsl:template match="*" mode="field">
  <div>
    <xsl:call-template name="common-attributes"/>
    <xsl:call-template name="other-language"/>
    <xsl:attribute name="class">
      <xsl:text>tk-field </xsl:text>
      <xsl:if test="not(@tk:class)"><xsl:value-of select="local-name()"/></xsl:if>
      <xsl:value-of select="@tk:class"/>
    </xsl:attribute>
    <!-- Of several in a row the first is labelled: of those in the language of the page, too. -->
    <xsl:variable name="before" select="preceding-sibling::*[1][local-name() = local-name(current())]"/>
    <xsl:if test="not($before) or ($before/@xml:lang and not(starts-with($before/@xml:lang, $language)))">
      <span class="tk-label"><xsl:apply-templates select="." mode="name"/></span>
      <xsl:text> </xsl:text>
    </xsl:if>
    <div class="tk-value">
      <xsl:apply-templates select="." mode="said-by-attributes"/>
      <xsl:choose>
        <xsl:when test="@tk:a = 'whole' and not(*)"><a href="{@tk:href}"><xsl:apply-templates/></a></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="content"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="(self::tei:licence or self::tei:taxonomy) and starts-with(@tk:href, 'http')">
        <xsl:text> </xsl:text>
        <a class="tk-url" href="{@tk:href}"><xsl:value-of select="@tk:href"/></a>
      </xsl:if>
    </div>
  </div>
</xsl:template>

<xsl:template match="tei:p | tei:ab | tei:list | tei:table | tei:head | tei:note | tei:listBibl
    | tei:bibl" mode="field">
  <xsl:apply-templates select="."/>
</xsl:template>

<!-- Mode said-by-attributes: what the header says in attributes alone. -->
<xsl:template match="*" mode="said-by-attributes"/>

<xsl:template match="tei:date | tei:change | tei:origDate" mode="said-by-attributes">
  <xsl:if test="(self::tei:change or not(normalize-space())) and (@when or @from or @notBefore)">
    <span class="tk-when">
      <xsl:value-of select="@when | @from | @notBefore"/>
      <xsl:if test="@to | @notAfter">/<xsl:value-of select="@to | @notAfter"/></xsl:if>
    </span>
    <xsl:text> </xsl:text>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:language | tei:prefixDef" mode="said-by-attributes">
  <code class="tk-code"><xsl:value-of select="@ident"/><xsl:if test="self::tei:prefixDef">:</xsl:if></code>
  <xsl:text> </xsl:text>
</xsl:template>

<xsl:template match="tei:idno | tei:title | tei:publisher | tei:author" mode="said-by-attributes">
  <xsl:if test="@type">
    <span class="tk-label">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('header.type-', @type)"/>
        <xsl:with-param name="else" select="@type"/>
      </xsl:call-template>
    </span>
    <xsl:text> </xsl:text>
  </xsl:if>
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

<!-- A passage in another language than the page's, where the header has it in both. -->
<xsl:template name="other-language">
  <xsl:if test="@xml:lang and not(starts-with(@xml:lang, $language)) and
      ../*[local-name() = local-name(current())][starts-with(@xml:lang, $language)]">
    <xsl:attribute name="data-tk-language">other</xsl:attribute>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:teiHeader//*[@xml:lang]" mode="data">
  <xsl:apply-imports/>
  <xsl:call-template name="other-language"/>
</xsl:template>

</xsl:stylesheet>
