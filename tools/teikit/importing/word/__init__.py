"""Word documents (.docx) as a Transcript."""
