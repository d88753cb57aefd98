"""What the jobs gave is kept between runs, and taken again where nothing changed."""
