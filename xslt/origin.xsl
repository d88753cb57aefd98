<?xml version="1.0" encoding="UTF-8"?>
<!-- What the header says of a letter (from whom, to whom, where and when) and of the manuscript or
     object that bears the text: shown at the head of the text's page, as a fragment of HTML. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:import href="html.xsl"/>

<xsl:template match="/">
  <xsl:variable name="header" select="(//tei:teiHeader)[1]"/>
  <div class="tk-origin">
    <xsl:apply-templates select="$header//tei:correspDesc"/>
    <xsl:if test="$header//tei:msDesc">
      <details>
        <summary>
          <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.origin'"/></xsl:call-template>
        </summary>
        <xsl:apply-templates select="$header//tei:msDesc[not(ancestor::tei:msDesc)]"/>
      </details>
    </xsl:if>
  </div>
</xsl:template>

</xsl:stylesheet>
