<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module tagdocs: what is said of elements, classes and attributes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:schemaSpec | tei:specGrp | tei:moduleSpec | tei:moduleRef | tei:elementSpec
    | tei:elementRef | tei:classSpec | tei:classRef | tei:memberOf | tei:macroSpec | tei:macroRef
    | tei:dataSpec | tei:dataRef | tei:dataFacet | tei:attDef | tei:attRef | tei:valItem
    | tei:paramSpec | tei:param | tei:specDesc | tei:specGrpRef | tei:anyElement">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:value-of select="(@ident | @key | @name | @target)[1]"/>
      <xsl:if test="@value"><xsl:value-of select="concat(' ', @value)"/></xsl:if>
      <xsl:text> </xsl:text>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:altIdent | tei:alternate | tei:attList | tei:classes | tei:constraintSpec
    | tei:datatype | tei:defaultVal | tei:empty | tei:equiv | tei:exemplum | tei:listRef | tei:model
    | tei:modelGrp | tei:modelSequence | tei:outputRendition | tei:paramList | tei:remarks
    | tei:sequence | tei:specList | tei:textNode | tei:valDesc | tei:valList">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- What is written in another language of markup, with its tags as text. -->
<xsl:template match="tei:constraint | tei:content">
  <xsl:call-template name="findings"/>
  <xsl:choose>
    <xsl:when test="not(*[namespace-uri() != 'http://www.tei-c.org/ns/1.0'])">
      <xsl:call-template name="box"/>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="name">
        <xsl:choose><xsl:when test="@tk:box">pre</xsl:when><xsl:otherwise>code</xsl:otherwise></xsl:choose>
      </xsl:variable>
      <xsl:element name="{$name}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:apply-templates mode="example"/>
      </xsl:element>
      <xsl:call-template name="note-call"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
