package edge

import (
	"fmt"
	"strings"
	"testing"

	"darksocial/darksocial"
)

// BenchmarkCloudflareLine reads lines with all keys of Cloudflare's dashboard,
// about 2 KB, of which the preset needs eleven.
func BenchmarkCloudflareLine(b *testing.B) {
	m, _ := darksocial.LogPreset("cloudflare")
	file := strings.Builder{}
	const n = 500
	for i := range n {
		file.WriteString(fullCloudflareLine(i) + "\n")
	}
	benchmarkFile(b, file.String(), n, Options{Format: JSON, FieldMap: m, Now: now})
}

func fullCloudflareLine(i int) string {
	return fmt.Sprintf(`{"BotDetectionIDs":[],"BotScore":%d,"BotScoreSrc":"Machine Learning","BotTags":[],"CacheCacheStatus":"hit","CacheReserveUsed":false,"CacheResponseBytes":18342,"CacheResponseStatus":200,"CacheTieredFill":false,`+
		`"ClientASN":64496,"ClientCity":"Hamburg","ClientCountry":"de","ClientDeviceType":"mobile","ClientIP":"192.0.2.%d","ClientIPClass":"noRecord","ClientLatitude":"53.55","ClientLongitude":"9.99","ClientMTLSAuthCertFingerprint":"","ClientMTLSAuthStatus":"unknown","ClientRegionCode":"HH",`+
		`"ClientRequestBytes":2391,"ClientRequestHost":"www.example.com","ClientRequestMethod":"GET","ClientRequestPath":"/artikel/%d/ein-langer-titel","ClientRequestProtocol":"HTTP/3","ClientRequestReferer":"https://www.example.org/seite","ClientRequestScheme":"https","ClientRequestSource":"eyeball","ClientRequestURI":"/artikel/%d/ein-langer-titel?utm_source=news",`+
		`"ClientRequestUserAgent":"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36","ClientSSLCipher":"AEAD-AES128-GCM-SHA256","ClientSSLProtocol":"TLSv1.3","ClientSrcPort":50123,"ClientTCPRTTMs":21,"ClientXRequestedWith":"",`+
		`"Cookies":{},"EdgeCFConnectingO2O":false,"EdgeColoCode":"HAM","EdgeColoID":91,"EdgeEndTimestamp":"2026-11-23T14:%02d:%02dZ","EdgePathingOp":"wl","EdgePathingSrc":"macro","EdgePathingStatus":"nr","EdgeRequestHost":"www.example.com","EdgeResponseBodyBytes":17902,"EdgeResponseBytes":18342,"EdgeResponseCompressionRatio":3.21,`+
		`"EdgeResponseContentType":"text/html","EdgeResponseStatus":200,"EdgeServerIP":"","EdgeStartTimestamp":"2026-11-23T14:%02d:%02dZ","EdgeTimeToFirstByteMs":31,"OriginDNSResponseTimeMs":0,"OriginIP":"","OriginRequestHeaderSendDurationMs":0,"OriginResponseBytes":0,"OriginResponseDurationMs":0,"OriginResponseHTTPExpires":"","OriginResponseHTTPLastModified":"",`+
		`"OriginResponseStatus":0,"OriginSSLProtocol":"unknown","ParentRayID":"00","RayID":"%016x","RequestHeaders":{},"ResponseHeaders":{},"SecurityAction":"","SecurityActions":[],"SecurityRuleID":"","SecurityRuleIDs":[],"SecuritySources":[],"SmartRouteColoID":0,"UpperTierColoID":0,"WAFAttackScore":92,"WorkerCPUTime":0,"WorkerStatus":"unknown","WorkerSubrequest":false,"WorkerSubrequestCount":0,"ZoneName":"example.com"}`,
		i%99, i%250, i, i, i/60%60, i%60, i/60%60, i%60, i)
}
