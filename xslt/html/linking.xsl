<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI modules linking and certainty: what says something of the markup, not of the words. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:link | tei:linkGrp | tei:join | tei:joinGrp | tei:alt | tei:altGrp
    | tei:timeline | tei:when">
  <xsl:apply-templates/>
</xsl:template>

<xsl:template match="tei:annotation | tei:listAnnotation | tei:annotationBlock | tei:u | tei:pause
    | tei:vocal | tei:kinesic | tei:incident | tei:shift | tei:writing">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
