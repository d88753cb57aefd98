<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module transcr: what is on the page, and what the editor supplies. The signs
     around the words ([ ], ( ), dots ...) are in static/signs.css; their meaning is in words in
     title, and on the page of help. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:supplied | tei:surplus | tei:damage | tei:restore | tei:retrace | tei:subst
    | tei:secl | tei:mod | tei:fw | tei:listTranspose">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- White space between what was replaced and what replaced it is no text. -->
<xsl:template match="tei:subst/text() | tei:choice/text()"
    ><xsl:if test="normalize-space()"><xsl:value-of select="."/></xsl:if></xsl:template>

<xsl:template match="tei:supplied | tei:unclear | tei:del | tei:add | tei:surplus | tei:secl
    | tei:damage | tei:restore | tei:retrace | tei:mod | tei:fw | tei:ex | tei:space" mode="data">
  <xsl:for-each select="@reason | @extent | @quantity | @unit">
    <xsl:attribute name="data-{name()}"><xsl:value-of select="."/></xsl:attribute>
  </xsl:for-each>
  <xsl:call-template name="title"/>
</xsl:template>

<!-- Sides of a choice have a title only where something is said of them. -->
<xsl:template match="tei:corr | tei:sic | tei:reg | tei:orig | tei:expan | tei:abbr | tei:am"
    mode="data">
  <xsl:if test="@cert or @resp or @reason or @hand">
    <xsl:call-template name="title"/>
  </xsl:if>
</xsl:template>

<!-- What is missing: a sign, and in words what and how much. Epigraphers write a dot for each
     letter that is lost. -->
<xsl:template match="tei:gap">
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <span class="tk-label" role="img">
      <xsl:call-template name="title"><xsl:with-param name="name" select="'aria-label'"/></xsl:call-template>
      <xsl:call-template name="gap-sign"/>
    </span>
    <xsl:apply-templates/>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:gap" mode="data">
  <xsl:for-each select="@reason | @extent | @quantity | @unit">
    <xsl:attribute name="data-{name()}"><xsl:value-of select="."/></xsl:attribute>
  </xsl:for-each>
  <xsl:call-template name="title"/>
</xsl:template>

<xsl:template name="gap-sign">
  <xsl:variable name="of-letters" select="starts-with(@unit, 'char') or starts-with(@unit, 'letter')"/>
  <xsl:choose>
    <xsl:when test="$of-letters and @quantity &gt; 0 and @quantity &lt; 31">
      <xsl:if test="not(@reason = 'illegible')">[</xsl:if>
      <xsl:value-of select="substring('..............................', 1, @quantity)"/>
      <xsl:if test="not(@reason = 'illegible')">]</xsl:if>
    </xsl:when>
    <xsl:when test="@unit = 'character' and @extent = 'unknown'">[- - -]</xsl:when>
    <xsl:when test="@unit = 'line'">[— — —]</xsl:when>
    <xsl:otherwise>[…]</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A space in the source is one space in the page; one that is wider is seen. -->
<xsl:template match="tei:space">
  <xsl:call-template name="findings"/>
  <span>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:choose>
      <xsl:when test="not(@extent or @atLeast or @quantity) or @quantity = 1">
        <xsl:text> </xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <span class="tk-blank" role="img">
          <xsl:call-template name="title"><xsl:with-param name="name" select="'aria-label'"/></xsl:call-template>
          <xsl:text> </xsl:text>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </span>
  <xsl:apply-templates/>
  <xsl:call-template name="note-call"/>
</xsl:template>

<!-- Another hand writes on; what begins or ends here; a sign of the source: in words of ours. -->
<xsl:template match="tei:handShift | tei:addSpan | tei:delSpan | tei:damageSpan | tei:metamark
    | tei:redo | tei:undo | tei:transpose | tei:anchor[@tk:ends]">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:text>[</xsl:text>
      <xsl:call-template name="label">
        <xsl:with-param name="key">sign.<xsl:choose>
          <xsl:when test="@tk:ends">end-of-<xsl:value-of select="@tk:ends"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="local-name()"/></xsl:otherwise>
        </xsl:choose></xsl:with-param>
      </xsl:call-template>
      <xsl:variable name="said">
        <xsl:choose>
          <xsl:when test="self::tei:handShift">
            <xsl:value-of select="@tk:hand"/>
            <xsl:if test="@tk:hand and @medium"><xsl:text>, </xsl:text></xsl:if>
            <xsl:call-template name="label">
              <xsl:with-param name="key" select="concat('value.', @medium)"/>
              <xsl:with-param name="else" select="@medium"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="said-of"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:if test="$said != ''">
        <xsl:text>: </xsl:text>
        <xsl:value-of select="$said"/>
      </xsl:if>
      <xsl:text>]</xsl:text>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- Points in the text that show nothing by themselves. -->
<xsl:template match="tei:anchor | tei:substJoin">
  <xsl:call-template name="findings"/>
  <xsl:call-template name="empty"/>
</xsl:template>

</xsl:stylesheet>
