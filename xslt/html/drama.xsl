<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module drama, with the speeches of core. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:sp | tei:spGrp | tei:set | tei:performance | tei:prologue | tei:epilogue
    | tei:view | tei:camera | tei:sound | tei:caption | tei:tech | tei:role | tei:roleDesc
    | tei:actor | tei:castItem">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:move">
  <xsl:call-template name="empty"/>
</xsl:template>

<!-- A group within the list of characters is a list within its list. -->
<xsl:template match="tei:castGroup" mode="item">
  <li class="tk-group"><xsl:call-template name="list-of-items"/></li>
</xsl:template>

<xsl:template match="tei:castGroup">
  <xsl:call-template name="list-of-items"/>
</xsl:template>

</xsl:stylesheet>
