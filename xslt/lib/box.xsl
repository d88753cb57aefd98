<?xml version="1.0" encoding="UTF-8"?>
<!-- The small functions that all templates of the page are made from. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    xmlns:str="http://exslt.org/strings" exclude-result-prefixes="tei tk str">

<!-- The element as div, a or span, with its TEI name as class: $holder where it has blocks
     inside, $block where it stands on its own, $phrase where it runs in a line. -->
<xsl:template name="box">
  <xsl:param name="holder" select="'div'"/>
  <xsl:param name="block" select="'div'"/>
  <xsl:param name="phrase" select="'span'"/>
  <xsl:choose>
    <!-- Most have nothing that leads anywhere. -->
    <xsl:when test="not(@tk:a or @tk:note or @tk:findings or @tk:facs or @tk:more)">
      <xsl:variable name="name">
        <xsl:choose>
          <xsl:when test="not(@tk:box)"><xsl:value-of select="$phrase"/></xsl:when>
          <xsl:when test="@tk:box = 'holds'"><xsl:value-of select="$holder"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$block"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:element name="{$name}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:apply-templates/>
      </xsl:element>
    </xsl:when>
    <xsl:when test="@tk:box = 'holds'">
      <xsl:element name="{$holder}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:call-template name="findings"/>
        <xsl:choose>
          <xsl:when test="@tk:a = 'whole'">
            <a href="{@tk:href}"><xsl:apply-templates/></a>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="outer-link"/>
        <xsl:call-template name="note-call"/>
      </xsl:element>
    </xsl:when>
    <xsl:when test="@tk:box">
      <xsl:element name="{$block}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:call-template name="findings"/>
        <xsl:choose>
          <xsl:when test="@tk:a = 'whole'">
            <a href="{@tk:href}"><xsl:apply-templates/></a>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="outer-link"/>
        <xsl:call-template name="note-call"/>
      </xsl:element>
    </xsl:when>
    <xsl:when test="@tk:a = 'whole'">
      <xsl:call-template name="findings"/>
      <a>
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:attribute name="href"><xsl:value-of select="@tk:href"/></xsl:attribute>
        <xsl:apply-templates/>
      </a>
      <xsl:call-template name="more-links"/>
      <xsl:call-template name="note-call"/>
    </xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="findings"/>
      <xsl:element name="{$phrase}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:apply-templates/>
        <xsl:call-template name="outer-link"/>
      </xsl:element>
      <xsl:call-template name="note-call"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The element with a label of ours before its words, if there is $label. -->
<xsl:template name="labelled">
  <xsl:param name="label"/>
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="$label != ''"><span class="tk-label"><xsl:value-of select="$label"/></span></xsl:if>
    <xsl:apply-templates/>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<!-- Mode attributes: all the attributes of the element that becomes one of HTML. -->
<xsl:template match="*" mode="attributes">
  <xsl:call-template name="common-attributes"/>
  <xsl:apply-templates select="." mode="data"/>
</xsl:template>

<!-- Class, id and language, which any element may have. -->
<xsl:template name="common-attributes">
  <xsl:attribute name="class">
    <xsl:choose>
      <xsl:when test="@tk:class"><xsl:value-of select="@tk:class"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="local-name()"/></xsl:otherwise>
    </xsl:choose>
  </xsl:attribute>
  <xsl:if test="@tk:id">
    <xsl:attribute name="id"><xsl:value-of select="@tk:id"/></xsl:attribute>
  </xsl:if>
  <xsl:if test="@xml:lang">
    <xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute>
  </xsl:if>
  <xsl:if test="@tk:dir">
    <xsl:attribute name="dir"><xsl:value-of select="@tk:dir"/></xsl:attribute>
  </xsl:if>
  <xsl:if test="@tk:ana">
    <xsl:attribute name="data-ana"><xsl:value-of select="@tk:ana"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<!-- Mode data: the data-* and other attributes that only some elements have. -->
<xsl:template match="*" mode="data"/>

<!-- In a link that has links inside, its own words are links of their own: HTML allows no a
     in an a. -->
<xsl:template match="text()">
  <xsl:choose>
    <xsl:when test="../@tk:a = 'parts' and normalize-space()"><a href="{../@tk:href}"><xsl:value-of select="."/></a></xsl:when>
    <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Where it has no words of its own, an empty link after those inside leads to it. -->
<xsl:template name="outer-link">
  <xsl:if test="@tk:a = 'parts' and not(text()[normalize-space()])">
    <a class="tk-outer" href="{@tk:href}">
      <xsl:attribute name="aria-label">
        <xsl:call-template name="label">
          <xsl:with-param name="key" select="'xslt.outer'"/>
          <xsl:with-param name="else" select="normalize-space(.)"/>
        </xsl:call-template>
      </xsl:attribute>
    </a>
  </xsl:if>
  <xsl:if test="@tk:more"><xsl:call-template name="more-links"/></xsl:if>
</xsl:template>

<!-- After words that mean several things: an empty link to each but the first. They may be many,
     so that no template calls itself for each of them. -->
<xsl:template name="more-links">
  <xsl:variable name="label">
    <xsl:call-template name="label">
      <xsl:with-param name="key" select="'xslt.also'"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:for-each select="str:tokenize(@tk:more, ' ')">
    <a class="tk-outer" href="{.}" aria-label="{$label}"/>
  </xsl:for-each>
</xsl:template>

<!-- What stands before an element: the way to its picture, and in a draft a mark for each finding. -->
<xsl:template name="findings">
  <xsl:param name="numbers" select="@tk:findings"/>
  <xsl:if test="@tk:facs"><xsl:call-template name="facs"/></xsl:if>
  <xsl:if test="$numbers">
    <xsl:call-template name="marks">
      <xsl:with-param name="numbers" select="$numbers"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="marks">
  <xsl:param name="numbers"/>
  <xsl:variable name="label">
    <xsl:call-template name="label">
      <xsl:with-param name="key" select="'xslt.finding'"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:for-each select="str:tokenize($numbers, ' ')">
    <a class="tk-finding" href="#tk-finding-{.}" data-n="{.}" aria-label="{$label} {.}"/>
  </xsl:for-each>
</xsl:template>

<!-- The mark that calls the note on this element; CSS keeps it from being copied with the text. -->
<xsl:template name="note-call">
  <xsl:if test="@tk:note and $notes = 'yes'">
    <a class="tk-noteref" role="doc-noteref" id="tk-ref-{@tk:note}" href="#tk-note-{@tk:note}">
      <xsl:value-of select="@tk:note"/>
    </a>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
