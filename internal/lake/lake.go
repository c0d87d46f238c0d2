// Package lake keeps files in a bucket of S3 or in a folder: see object.Store.
package lake
