<?xml version="1.0" encoding="UTF-8"?>
<!-- What attributes say of a passage, in words of the interface. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- Kind, cause, reason, place, hand, responsibility and certainty, parted by semicolons. -->
<xsl:template name="said-of">
  <xsl:for-each select="@type | @cause | @reason | @evidence | @place | @function | @tk:hand
      | @tk:resp | @cert | @degree | @precision[not(../@quantity or ../@extent)]">
    <xsl:sort select="string-length(substring-before(
        '|type|cause|reason|evidence|place|function|hand|resp|cert|degree|precision|',
        concat('|', local-name(), '|')))" data-type="number"/>
    <xsl:if test="position() &gt; 1"><xsl:text>; </xsl:text></xsl:if>
    <xsl:if test="local-name() != 'type' and local-name() != 'place'">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('said.', local-name())"/>
        <xsl:with-param name="else" select="local-name()"/>
      </xsl:call-template>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:call-template name="label">
      <xsl:with-param name="key" select="concat('value.', .)"/>
      <xsl:with-param name="else" select="."/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- The title of an element whose look is a sign: what the sign means, and what is said of it. -->
<xsl:template name="title">
  <xsl:param name="sign" select="local-name()"/>
  <xsl:param name="name">title</xsl:param>
  <xsl:attribute name="{$name}">
    <xsl:call-template name="label"><xsl:with-param name="key" select="concat('sign.', $sign)"/></xsl:call-template>
    <xsl:call-template name="amount"/>
    <xsl:variable name="said"><xsl:call-template name="said-of"/></xsl:variable>
    <xsl:if test="$said != ''">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="'site.colon'"/>
        <xsl:with-param name="else" select="': '"/>
      </xsl:call-template>
      <xsl:value-of select="$said"/>
    </xsl:if>
  </xsl:attribute>
</xsl:template>

<!-- How much is missing or left blank: "3 characters", "about 2 lines", "of unknown extent". -->
<xsl:template name="amount">
  <xsl:variable name="number">
    <xsl:choose>
      <xsl:when test="@quantity"><xsl:value-of select="@quantity"/></xsl:when>
      <xsl:when test="@atLeast or @atMost">
        <xsl:value-of select="concat(@atLeast, '–', @atMost)"/>
      </xsl:when>
      <xsl:when test="@extent and @extent != 'unknown'"><xsl:value-of select="@extent"/></xsl:when>
    </xsl:choose>
  </xsl:variable>
  <xsl:choose>
    <xsl:when test="$number != ''">
      <xsl:text> (</xsl:text>
      <xsl:if test="@precision = 'low'">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'said.about'"/></xsl:call-template>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:value-of select="$number"/>
      <xsl:if test="@unit">
        <xsl:text> </xsl:text>
        <xsl:call-template name="unit"/>
      </xsl:if>
      <xsl:text>)</xsl:text>
    </xsl:when>
    <xsl:when test="@extent = 'unknown'">
      <xsl:text> (</xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="key" select="'said.unknown-extent'"/></xsl:call-template>
      <xsl:if test="@unit">
        <xsl:text>, </xsl:text>
        <xsl:call-template name="unit"/>
      </xsl:if>
      <xsl:text>)</xsl:text>
    </xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template name="unit">
  <xsl:call-template name="label">
    <xsl:with-param name="key" select="concat('unit.', @unit)"/>
    <xsl:with-param name="else" select="@unit"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
