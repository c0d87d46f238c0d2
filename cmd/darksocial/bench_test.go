package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/internal/simulate"
)

const benchLines = 200_000

// BenchmarkLines labels one CloudFront log with classify and with label, which
// keeps what it labels, and counts the same file with GoAccess, both by the processor time they took: lines per second and
// core. GoAccess makes other reports from a line; what is compared is the price
// of reading a log. It is left out, by name, where it is not installed.
func BenchmarkLines(b *testing.B) {
	log := writeLog(b, benchLines)
	binary := filepath.Join(b.TempDir(), "darksocial")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Stderr = os.Stderr
	require.NoError(b, build.Run())

	b.Run("classify", func(b *testing.B) {
		measure(b, binary, "classify", "--format", "cloudfront", "--site", "www.example.com", log)
	})
	b.Run("label", func(b *testing.B) {
		measure(b, binary, "label", "--format", "cloudfront", "--site", "www.example.com", "--store", filepath.Join(b.TempDir(), "store"), log)
	})
	b.Run("goaccess", func(b *testing.B) {
		if _, err := exec.LookPath("goaccess"); err != nil {
			b.Skip("goaccess is not installed: nothing to compare with")
		}
		measure(b, "goaccess", "--log-format=CLOUDFRONT", "--no-progress", "-o", filepath.Join(b.TempDir(), "report.json"), log)
	})
}

// measure runs a command on the log until the benchmark is content.
func measure(b *testing.B, name string, args ...string) {
	var cpu time.Duration
	runs := 0
	for b.Loop() {
		cmd := exec.Command(name, args...)
		cmd.Stdout = io.Discard
		if err := cmd.Run(); err != nil {
			b.Fatal(name, args, err)
		}
		cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		runs++
	}
	b.ReportMetric(float64(runs*benchLines)/cpu.Seconds(), "lines/s/core")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkDay labels a day of a simulated site and rolls it up, and tells how much
// memory each took at most. A day ten times as large should take no more.
func BenchmarkDay(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "darksocial")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Stderr = os.Stderr
	require.NoError(b, build.Run())
	for _, lines := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			dir := b.TempDir()
			log := filepath.Join(dir, "day.log")
			file, err := os.Create(log)
			require.NoError(b, err)
			_, err = simulate.Write(file, simulate.Config{Seed: 1, Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Host: "www.example.com", Views: lines * 10 / 27})
			require.NoError(b, err)
			require.NoError(b, file.Close())
			for i := 0; b.Loop(); i++ {
				store := filepath.Join(dir, fmt.Sprint("store", i))
				for _, command := range [][]string{{"label", "--store", store, log}, {"rollup", "--store", store}} {
					cmd := exec.Command(binary, append(command, "--site", "www.example.com")...)
					begun := time.Now()
					if err := cmd.Run(); err != nil {
						require.Equal(b, exitPartial, cmd.ProcessState.ExitCode()) // the log has a line that is cut
					}
					b.ReportMetric(time.Since(begun).Seconds(), command[0]+"-s")
					b.ReportMetric(peakMB(cmd.ProcessState), command[0]+"-MB")
				}
			}
		})
	}
}

// writeLog writes a standard log: a few hundred browsers of many, pages, assets
// and Referers in the mix of a news site.
func writeLog(b *testing.B, lines int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "cloudfront.log")
	file, err := os.Create(path)
	require.NoError(b, err)
	out := bufio.NewWriter(file)
	fmt.Fprintln(out, "#Version: 1.0")
	fmt.Fprintln(out, "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end")
	r := rand.New(rand.NewPCG(1, 2))
	referers := []string{"-", "-", "-", "-", "https://www.google.com/", "https://l.facebook.com/", "https://www.example.com/start", "https://t.co/abc", "https://blog.neighbour.example/post"}
	queries := []string{"-", "-", "-", "utm_source=newsletter&utm_medium=email", "fbclid=IwY2xjawExample"}
	for i := range lines {
		page, kind := fmt.Sprintf("/politik/wahl-%d.html", r.IntN(5000)), "text/html"
		if i%3 == 0 {
			page, kind = fmt.Sprintf("/img/%d.jpg", r.IntN(900)), "image/jpeg"
		}
		fmt.Fprintf(out, "2026-11-01\t%02d:%02d:%02d\tFRA56-P1\t%d\t192.0.2.%d\tGET\td111111abcdef8.cloudfront.net\t%s\t200\t%s\t%s\t%s\t-\tHit\t%040x==\twww.example.com\thttps\t456\t0.001\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0\t-\t-\t4711\t0.001\tHit\t%s\t1234\t-\t-\n",
			i/3600%24, i/60%60, i%60, 1000+i%9000, i%250, page, referers[r.IntN(len(referers))], benchAgent(r), queries[r.IntN(len(queries))], r.Uint64(), kind)
	}
	require.NoError(b, out.Flush())
	require.NoError(b, file.Close())
	return path
}

// benchAgent makes one of some two thousand User-Agents, a few of them much more
// often than the rest, escaped as CloudFront does.
func benchAgent(r *rand.Rand) string {
	n := min(int(r.ExpFloat64()*100), 2000)
	ua := fmt.Sprintf("Mozilla/5.0 (Linux; Android %d; SM-A%03dB Build/TP1A.%d; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/%d.0.6478.%d Mobile Safari/537.36", 9+n%7, n, 220000+n, 110+n%30, n%200)
	switch n % 4 {
	case 0:
		ua += " [FB_IAB/FB4A;FBAV/530.0.0.48.74;]"
	case 1:
		ua = fmt.Sprintf("Mozilla/5.0 (iPhone; CPU iPhone OS %d_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%d.%d Mobile/15E148 Safari/604.1", 12+n%7, n%9, 12+n%7, n)
	}
	return strings.NewReplacer(" ", "%20", "[", "%5B", "]", "%5D").Replace(ua)
}
