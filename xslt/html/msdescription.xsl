<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module msdescription: a description part by part, each with its label; what stands in
     running text runs in its line. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:msIdentifier | tei:msContents | tei:msName | tei:physDesc | tei:history | tei:additional
    | tei:repository | tei:institution | tei:collection | tei:altIdentifier | tei:summary
    | tei:locus | tei:locusGrp | tei:rubric | tei:incipit | tei:explicit | tei:finalRubric
    | tei:colophon | tei:filiation | tei:objectDesc | tei:supportDesc | tei:support
    | tei:material | tei:objectType | tei:dimensions
    | tei:layoutDesc | tei:layout | tei:condition | tei:collation | tei:foliation | tei:handDesc
    | tei:handNote | tei:decoDesc | tei:decoNote | tei:scriptDesc | tei:scriptNote
    | tei:typeDesc | tei:typeNote | tei:musicNotation | tei:sealDesc | tei:seal | tei:bindingDesc
    | tei:binding | tei:accMat | tei:additions | tei:origin | tei:origDate | tei:origPlace | tei:provenance
    | tei:acquisition | tei:adminInfo | tei:recordHist | tei:source | tei:surrogates
    | tei:custodialHist | tei:custEvent | tei:catchwords | tei:signatures | tei:secFol
    | tei:stamp | tei:watermark | tei:heraldry">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:msDesc | tei:msPart | tei:msFrag | tei:msItem | tei:msItemStruct">
  <xsl:call-template name="record"/>
</xsl:template>

<xsl:template match="tei:height | tei:width | tei:depth | tei:dim">
  <xsl:call-template name="box"/>
  <xsl:call-template name="field-unit"/>
</xsl:template>

</xsl:stylesheet>
