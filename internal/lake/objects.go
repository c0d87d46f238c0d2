package lake

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"darksocial/internal/object"
)

// S3Objects reads objects of any bucket that the role may read.
type S3Objects struct{ client *s3.Client }

// NewS3Objects returns a reader of objects.
func NewS3Objects(client *s3.Client) *S3Objects { return &S3Objects{client} }

// Open reads an object, in a version if one is named.
func (o *S3Objects) Open(ctx context.Context, bucket, key, version string) (*object.Object, error) {
	in := &s3.GetObjectInput{Bucket: &bucket, Key: &key}
	if version != "" {
		in.VersionId = &version
	}
	out, err := o.client.GetObject(ctx, in)
	if err != nil {
		if c := code(err); c == "NoSuchKey" || c == "NoSuchVersion" {
			return nil, object.ErrNotFound
		}
		return nil, fmt.Errorf("lake: %w", err)
	}
	return &object.Object{Body: out.Body, ETag: strings.Trim(aws.ToString(out.ETag), `"`), Modified: aws.ToTime(out.LastModified)}, nil
}

// FolderObjects reads objects from a folder that has a folder per bucket: what an
// event names can so be tried on one machine.
type FolderObjects struct{ dir string }

// NewFolderObjects returns a reader of the objects in a folder.
func NewFolderObjects(dir string) *FolderObjects { return &FolderObjects{dir} }

// Open reads an object. Its ETag is the MD5 of its content, as S3's is of an
// object uploaded in one part.
func (o *FolderObjects) Open(_ context.Context, bucket, key, _ string) (*object.Object, error) {
	file, err := os.OpenInRoot(o.dir, filepath.Join(bucket, filepath.FromSlash(key)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, object.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("lake: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("lake: %w", err)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("lake: %w", err)
	}
	sum := md5.Sum(content)
	return &object.Object{Body: io.NopCloser(bytes.NewReader(content)), ETag: hex.EncodeToString(sum[:]), Modified: info.ModTime()}, nil
}

// List calls each with every object of a bucket under a prefix.
func (o *S3Objects) List(ctx context.Context, bucket, prefix string, each func(key string, size int64, modified time.Time) error) error {
	pages := s3.NewListObjectsV2Paginator(o.client, &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("lake: list s3://%s/%s: %w", bucket, prefix, err)
		}
		for _, found := range page.Contents {
			if err := each(aws.ToString(found.Key), aws.ToInt64(found.Size), aws.ToTime(found.LastModified)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Read reads an object.
func (o *S3Objects) Read(ctx context.Context, bucket, key string) (io.ReadCloser, error) {
	opened, err := o.Open(ctx, bucket, key, "")
	if err != nil {
		return nil, err
	}
	return opened.Body, nil
}
