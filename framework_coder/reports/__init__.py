"""What people read: workbook, Markdown, CSV and terminal forms of a matrix."""
