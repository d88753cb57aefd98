<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI modules spoken and cmc: who speaks, what is heard beside the words. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- An utterance or a post, with the one who speaks where only an attribute says who. -->
<xsl:template match="tei:u[@who] | tei:post[@who]">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:choose>
        <xsl:when test="contains(@who, '#')"><xsl:value-of select="substring-after(@who, '#')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="@who"/></xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:u | tei:post | tei:broadcast | tei:equipment | tei:recording
    | tei:recordingStmt | tei:scriptStmt | tei:annotationBlock">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- What is heard or seen; where nothing says what, the name of it. -->
<xsl:template match="tei:pause | tei:vocal | tei:kinesic | tei:incident | tei:writing | tei:shift">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:if test="not(normalize-space())">
        <xsl:apply-templates select="." mode="name"/>
        <xsl:for-each select="@feature | @new | @dur">
          <xsl:text> </xsl:text>
          <xsl:value-of select="."/>
        </xsl:for-each>
      </xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
