// Package queries holds the questions that analysts ask of the tables, for whoever
// asks them outside of Athena: see darksocial/internal/lake/queries. Terraform reads
// the .sql files beside this one itself, and saves them in Athena.
package queries

import "embed"

// Files are the queries, and in views/ the statements that make views. Each begins with
// a comment: its first line is a title, and what comes below tells what is answered, and
// what cannot be known.
//
//go:embed *.sql views/*.sql
var Files embed.FS
