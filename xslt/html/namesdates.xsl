<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module namesdates, with the names and dates of core: mentions, and the entities that
     some files keep in their text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- Mentions. Python has said in tk:a whether and how each is a link. -->
<xsl:template match="tei:name | tei:rs | tei:persName | tei:orgName | tei:placeName | tei:geogName
    | tei:country | tei:region | tei:settlement | tei:district | tei:bloc | tei:eventName
    | tei:objectName | tei:forename | tei:surname | tei:genName | tei:nameLink | tei:addName
    | tei:roleName | tei:geogFeat | tei:offset">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:date | tei:time">
  <xsl:call-template name="box">
    <xsl:with-param name="phrase">
      <xsl:choose>
        <xsl:when test="@tk:datetime">time</xsl:when>
        <xsl:otherwise>span</xsl:otherwise>
      </xsl:choose>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:date | tei:time" mode="data">
  <xsl:if test="@tk:datetime and not(@tk:box) and not(@tk:a = 'whole')">
    <xsl:attribute name="datetime"><xsl:value-of select="@tk:datetime"/></xsl:attribute>
  </xsl:if>
  <xsl:if test="@tk:to">
    <xsl:attribute name="data-to"><xsl:value-of select="@tk:to"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<!-- Entities. -->
<xsl:template match="tei:listPerson | tei:listPlace | tei:listOrg | tei:listEvent | tei:listObject
    | tei:listNym | tei:listRelation | tei:person | tei:personGrp | tei:persona | tei:place
    | tei:org | tei:event | tei:object | tei:objectIdentifier | tei:nym | tei:relation
    | tei:birth | tei:death | tei:sex | tei:gender | tei:floruit | tei:age | tei:faith
    | tei:nationality | tei:langKnowledge | tei:langKnown | tei:occupation | tei:education
    | tei:affiliation | tei:residence | tei:socecStatus | tei:state | tei:trait | tei:location
    | tei:geo | tei:population | tei:climate | tei:terrain | tei:persPronouns">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
