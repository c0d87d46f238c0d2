package lake

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"darksocial/internal/object"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

// putMark is the name, in an object's metadata, of a random text that no two Puts
// have in common.
const putMark = "ds-put"

// S3 is a lake in a bucket of Amazon S3 or of what speaks like it. ETags are as S3
// gives them, with their quotes.
//
// The role needs s3:GetObject, s3:PutObject, s3:DeleteObject, and s3:ListBucket on
// the bucket: without the last, S3 answers 403 for an object that is not there
// instead of 404.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
//
// An object is put in one request, so it is smaller than 5 GB.
type S3 struct {
	client *s3.Client
	bucket string
}

// NewS3 is the lake in a bucket.
func NewS3(client *s3.Client, bucket string) *S3 {
	return &S3{client: client, bucket: bucket}
}

// Open implements Lake.
func (l *S3) Open(ctx context.Context, key string) (io.ReadCloser, string, error) {
	if err := checkKey(key); err != nil {
		return nil, "", err
	}
	out, err := l.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &l.bucket, Key: &key})
	if code(err) == "NoSuchKey" { // not just 404, which a missing bucket is as well
		return nil, "", fmt.Errorf("lake: open %s: %w", key, object.ErrNotFound)
	}
	if err != nil {
		return nil, "", fmt.Errorf("lake: open %s: %w", key, err)
	}
	return out.Body, aws.ToString(out.ETag), nil
}

// ETag implements Lake. To S3 a missing bucket looks like a missing object here,
// since an answer to HEAD has no body to tell; the Put that follows says so.
func (l *S3) ETag(ctx context.Context, key string) (string, error) {
	if err := checkKey(key); err != nil {
		return "", err
	}
	etag, _, err := l.head(ctx, key)
	if err != nil {
		return "", fmt.Errorf("lake: ask for %s: %w", key, err)
	}
	return etag, nil
}

// head is the ETag of an object and the mark of the Put that wrote it; both are ""
// if there is none.
func (l *S3) head(ctx context.Context, key string) (etag, mark string, err error) {
	out, err := l.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &l.bucket, Key: &key})
	if isMissing := new(types.NotFound); errors.As(err, &isMissing) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	return aws.ToString(out.ETag), out.Metadata[putMark], nil
}

// Put implements Lake.
//
// If an answer of S3 is lost, the SDK sends the object again, which then finds
// itself there and is refused. Neither that it was sent twice nor that the content
// is the same would prove whose object it is: two writers of one rollup write the
// same bytes. So each Put marks its object with a text of its own and, when it is
// refused, looks at the mark of what is there. A SHA-256 or an ETag would tell less
// and, with a KMS key, is not even the content's.
//
// What cannot be known: a Put that was written, with its answer lost, and was then
// replaced by another writer, returns ErrChanged. That is true as well.
func (l *S3) Put(ctx context.Context, key string, body io.ReadSeeker, old string) (string, error) {
	if err := checkKey(key); err != nil {
		return "", err
	}
	mark := rand.Text()
	in := &s3.PutObjectInput{
		Bucket: &l.bucket, Key: &key, Body: body,
		Metadata: map[string]string{putMark: mark},
	}
	switch old {
	case object.Any:
	case "":
		in.IfNoneMatch = aws.String("*")
	default:
		in.IfMatch = &old
	}
	out, err := l.client.PutObject(ctx, in)
	if err == nil {
		return aws.ToString(out.ETag), nil
	}
	if !refused(err, old) {
		return "", fmt.Errorf("lake: write %s: %w", key, err)
	}
	etag, found, err := l.head(ctx, key)
	if err != nil {
		return "", fmt.Errorf("lake: look who changed %s: %w", key, err)
	}
	if found != mark {
		return "", fmt.Errorf("lake: write %s: %w", key, object.ErrChanged)
	}
	return etag, nil
}

// refused tells that S3 did not write the object because of the condition: it does
// not hold (412), another write or delete came between (409), or there is no object
// that could have the ETag (404).
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
func refused(err error, old string) bool {
	switch code(err) {
	case "PreconditionFailed", "ConditionalRequestConflict":
		return true
	case "NoSuchKey":
		return old != "" && old != object.Any
	}
	return false
}

// Delete implements Lake.
func (l *S3) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if _, err := l.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &l.bucket, Key: &key}); err != nil {
		return fmt.Errorf("lake: delete %s: %w", key, err)
	}
	return nil
}

// List implements Lake. Keys that no Put takes are left out, such as the empty
// objects with a slash at the end by which the console of S3 shows folders.
func (l *S3) List(ctx context.Context, prefix string, each func(key string) error) error {
	if err := checkPrefix(prefix); err != nil {
		return err
	}
	pages := s3.NewListObjectsV2Paginator(l.client, &s3.ListObjectsV2Input{Bucket: &l.bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("lake: list %q: %w", prefix, err)
		}
		for _, object := range page.Contents {
			key := aws.ToString(object.Key)
			if checkKey(key) != nil {
				continue
			}
			if err := each(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// code is the name that S3 gives an error; "" if the error is not from S3.
func code(err error) string {
	if api := smithy.APIError(nil); errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}
