package darksocial

import "strings"

// Some in-app browsers carry no name and are known by what else is odd.
//
// Android's WebView says "; wv)" unless the app has rewritten the User-Agent.
// Chrome on Android has said "Android 10; K" and "Chrome/N.0.0.0" to everybody
// since 2023, the WebView has not: "K" with a full version is a WebView whose
// app took the model out. Telegram does, and keeps the real release: of all
// distinct User-Agents we have seen, "Android not 10; K" with a full version was
// Telegram or one of its forks. Release 10 is ambiguous.
// Source: Telegram's BotWebViewContainer; Chromium's docs/user_agent.
//
// iOS: WKWebView's own User-Agent ends behind "Mobile/15E148", without the
// "Version/… Safari/…" every browser has.

// shapeOf returns the rule of the shape a User-Agent has. It is asked only where
// no table names an app.
func shapeOf(ua string) RuleID {
	if isAndroidWebView(ua) {
		return shapeAndroidWebView
	}
	if release, ok := between(ua, "(Linux; Android ", "; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"); ok {
		version, rest, _ := strings.Cut(ua[strings.Index(ua, "Chrome/")+len("Chrome/"):], " ")
		plainEnd := rest == "Mobile Safari/537.36" || rest == "Safari/537.36"
		switch {
		case !plainEnd, !isRelease(release), strings.HasSuffix(version, ".0.0.0"), strings.Count(version, ".") != 3:
			return noRule
		case release == "10":
			return shapeReducedWebView
		}
		return shapeTelegram
	}
	if isWKWebView(ua) {
		return shapeIOSWebView
	}
	return noRule
}

func isAndroidWebView(ua string) bool {
	return strings.Contains(ua, "; wv)") || strings.Contains(ua, "GoogleWv/")
}

// inWebView reports whether a User-Agent is a phone's web view, with or without
// an app's name behind it. A person is behind nearly all of them.
func inWebView(ua string) bool {
	return isAndroidWebView(ua) || strings.HasPrefix(ua, "Mozilla/5.0 (iP") && strings.Contains(ua, "(KHTML, like Gecko) Mobile/")
}

// isRelease reports whether s could be a release of Android: "14", "8.1.0".
func isRelease(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && s[i] != '.' {
			return false
		}
	}
	return s != ""
}

// isWKWebView reports whether a User-Agent is WKWebView's default to the letter.
func isWKWebView(ua string) bool {
	if !strings.HasPrefix(ua, "Mozilla/5.0 (iP") {
		return false
	}
	_, build, ok := strings.Cut(ua, " (KHTML, like Gecko) Mobile/")
	if !ok || build == "" || len(build) > 12 {
		return false
	}
	for i := range len(build) {
		if !isWord(build[i]) {
			return false
		}
	}
	return true
}

// looksLikeMessenger is disputed: newer Facebook builds are said to mark
// Messenger's browser on iOS 18 and later by FBOP/80 and the lack of IABMV.
// Nobody has confirmed it on a device, so it never makes more than possible.
// Source: inapp-spy, pull request 35, and a detector of 2026.
func looksLikeMessenger(ua string) bool {
	if !strings.Contains(ua, "FBAN/FBIOS") || !strings.Contains(ua, "FBOP/80") || strings.Contains(ua, "IABMV") {
		return false
	}
	version, ok := between(ua, "iPhone OS ", "_")
	return ok && len(version) == 2 && version >= "18"
}

// between returns what stands between the first start and the next end.
func between(s, start, end string) (string, bool) {
	_, s, ok := strings.Cut(s, start)
	if !ok {
		return "", false
	}
	s, _, ok = strings.Cut(s, end)
	return s, ok
}
