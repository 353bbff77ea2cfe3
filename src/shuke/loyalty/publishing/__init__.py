"""The programme as a document: live, draft, checked, previewed and published."""
