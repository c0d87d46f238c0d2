package edge

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"darksocial/internal/edge/edgetest"

	"github.com/stretchr/testify/require"
)

// BenchmarkFormats reads every row of the door table through every format, in
// files of a few thousand lines.
func BenchmarkFormats(b *testing.B) {
	for _, d := range doors {
		b.Run(d.name, func(b *testing.B) {
			var file strings.Builder
			file.WriteString(d.header)
			n := 0
			for range 100 {
				for _, row := range edgetest.Visits {
					file.WriteString(d.write(row.Visit))
					file.WriteByte('\n')
					n++
				}
			}
			benchmarkFile(b, file.String(), n, d.opt)
		})
	}
}

// BenchmarkCloudFrontLine is the line the speed of the label function is
// planned with: all 33 columns, about 450 bytes, a plain mobile browser.
func BenchmarkCloudFrontLine(b *testing.B) {
	file := strings.Builder{}
	file.WriteString(standardHeader)
	const n = 2000
	for i := range n {
		fmt.Fprintf(&file, "2026-11-23\t14:%02d:%02d\tFRA56-P4\t18342\t192.0.2.%d\tGET\td111111abcdef8.cloudfront.net\t/artikel/%d/ein-langer-titel\t200\t-\t"+
			"Mozilla/5.0%%20(Linux;%%20Android%%2010;%%20K)%%20AppleWebKit/537.36%%20(KHTML,%%20like%%20Gecko)%%20Chrome/143.0.0.0%%20Mobile%%20Safari/537.36\t-\t-\t"+
			"Hit\tq%07dMNkEzR5BEM_SaF47gjtX9zBDO2m349OY2an0QPEaUum1ZOLr==\twww.example.com\thttps\t391\t0.001\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0\t-\t-\t50123\t0.001\tHit\ttext/html;%%20charset=utf-8\t17902\t-\t-\n",
			i/60%60, i%60, i%250, i%300, i)
	}
	benchmarkFile(b, file.String(), n, Options{Format: CloudFront, Now: now})
}

func benchmarkFile(b *testing.B, file string, lines int, opt Options) {
	repeat := &repeated{text: file}
	r, err := NewReader(repeat, "bench", opt)
	require.NoError(b, err)
	var line Line
	require.True(b, r.Next(&line)) // fills the buffer, grows the scratch
	require.NoError(b, line.Err)
	b.SetBytes(int64(len(file) / lines))
	b.ReportAllocs()
	for b.Loop() {
		if !r.Next(&line) || line.Err != nil {
			b.Fatal(line.Err, r.Err())
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// repeated is an endless file: the same text over and over.
type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.text[r.at:])
	if r.at += n; r.at == len(r.text) {
		r.at = 0
	}
	return n, nil
}

var _ io.Reader = (*repeated)(nil)
