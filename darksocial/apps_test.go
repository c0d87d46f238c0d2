package darksocial

import "testing"

// To add an app: one row in apps.go, one entry here.
//
// seen holds User-Agents as the app sends them: take a recorded one, and change
// versions and device. not holds what could be taken for it and is not; leave it
// out where nothing could. Device strings are in useragents_test.go.
var appExamples = map[string]struct{ seen, not []string }{
	// Meta.
	"ua.messenger.fban-ios": {
		seen: []string{uaIPhone + " [FBAN/MessengerForiOS;FBAV/471.0.0.31.104;FBBV/645120087;FBDV/iPhone14,7;FBMD/iPhone;FBSN/iOS;FBSV/18.6;FBSS/3;FBCR/;FBID/phone;FBLC/it_IT;FBOP/5]"},
		not:  []string{uaIPhone + " [FBAN/FBIOS;FBAV/471.0.0.31.104;FBDV/iPhone14,7]"},
	},
	"ua.messenger.fban-lite-ios": {seen: []string{uaIPhone + " [FBAN/MessengerLiteForiOS;FBAV/402.1.0.22.60;FBDV/iPhone11,8;FBSV/18.6]"}},
	"ua.messenger.iab": {
		seen: []string{uaWebView + " [FB_IAB/MESSENGER;FBAV/466.0.0.45.109;]"},
		not:  []string{uaWebView + " [FB_IAB/FB4A;FBAV/466.0.0.45.109;]"},
	},
	"ua.messenger.iab-orca":  {seen: []string{uaWebView + " [FB_IAB/Orca-Android;FBAV/489.0.0.52.85;]"}},
	"ua.messenger.fban-orca": {seen: []string{"[FBAN/Orca-Android;FBAV/489.0.0.52.85;FBPN/com.facebook.orca;FBLC/nl_NL;FBBV/701234567;FBDV/SM-A346B;FBSV/14;FBCA/arm64-v8a:null;]"}},
	"ua.messenger.mlite":     {seen: []string{uaOldWebView + " [FBAN/mLite;FBAV/335.0.0.12.101;FBSV/9]"}},
	"ua.messenger.lightspeed": {
		seen: []string{"LightSpeed [FBAN/MLightSpeed;FBAV/477.1.0.37.105;FBDV/iPhone15,4;FBSN/iOS;FBSV/18.6;FBLC/fr_FR]"},
		not:  []string{uaMac + " LightSpeed 4.1"},
	},
	"ua.messenger.fban":    {seen: []string{uaIPhone + " [FBAN/MessengerKidsForiOS;FBAV/281.0.0.20.118;FBDV/iPhone14,7]"}},
	"ua.messenger.metaiab": {seen: []string{uaSafari + " MetaIAB Messenger"}},
	"ua.threads.barcelona": {
		seen: []string{
			uaIPhone + " Barcelona 401.0.0.28.77 (iPhone15,4; iOS 18_6_2; de_DE; de; scale=3.00; 1179x2556; 771203344)",
			uaWebView + " Barcelona 398.0.0.41.80 Android (35/15; 480dpi; 1080x2340; samsung; SM-S936B; psq; qcom; pl_PL; 768812021)",
		},
		not: []string{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; Barcelona Edition) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36"},
	},
	"ua.threads.metaiab": {seen: []string{uaSafari + " MetaIAB Threads"}},
	"ua.instagram.version": {
		seen: []string{
			uaIPhone + " Instagram 404.1.0.30.77 (iPhone15,4; iOS 18_6_2; de_AT; de; scale=3.00; 1179x2556; IABMV/1; 774401981)",
			"Mozilla/5.0 (Linux; Android 14; Pixel 8a Build/UQ1A.240205.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.97 Mobile Safari/537.36 Instagram 402.0.0.33.84 Android (34/14; 420dpi; 1080x2400; Google/google; Pixel 8a; akita; akita; es_ES; 769112043; IABMV/1)",
			uaSafari + " Instagram 405.0.0.21.68 (iPhone17,1; iOS 18_7; en_GB; en; scale=3.00; 1206x2622; IABMV/1; 776001239)",
		},
		not: []string{"facebookexternalhit/1.1 Instagram preview", uaIPhone + " InstagramDownloader/2.0"},
	},
	"ua.instagram.metaiab": {seen: []string{uaWebView + " MetaIAB Instagram NV/3"}},
	"ua.facebook.metaiab": {
		seen: []string{uaSafari + " MetaIAB Facebook", uaWebView + " MetaIAB Facebook"},
		not:  []string{uaSafari + " MetaIAB Instagram", "facebookexternalhit/1.1"},
	},
	"ua.facebook.fbios": {
		seen: []string{
			uaIPhone + " [FBAN/FBIOS;FBAV/537.0.0.42.109;FBBV/799120551;FBDV/iPhone16,2;FBMD/iPhone;FBSN/iOS;FBSV/18.6.2;FBSS/3;FBCR/;FBID/phone;FBLC/sv_SE;FBOP/5;FBRV/801220119;IABMV/1]",
			"[FBAN/FBIOS;FBDV/iPad13,1;FBMD/iPad;FBSN/iPadOS;FBSV/17.7.4;FBSS/2;FBID/tablet;FBLC/da_DK;FBOP/5]",
			uaSafari + " [FBAN/FBIOS;FBAV/541.0.0.38.70;FBDV/iPhone17,3;FBSV/26.3;IABMV/1]",
		},
		not: []string{"facebookexternalhit/1.3 (+http://www.facebook.example/externalhit)", uaIPhone + " [FBAN/MessengerForiOS;FBAV/471.0.0.31.104]"},
	},
	"ua.facebook.fbiphone": {seen: []string{"Mozilla/5.0 (iPhone; CPU iPhone OS 6_1_6 like Mac OS X) AppleWebKit/536.26 (KHTML, like Gecko) Mobile/10B500 [FBAN/FBForIPhone;FBAV/4.1.1;FBBV/4100.0;FBDV/iPhone2,1;FBSV/6.1.6;FBLC/no_NO]"}},
	"ua.facebook.fb4a-iab": {
		seen: []string{uaWebView + " [FB_IAB/FB4A;FBAV/533.0.0.46.77;IABMV/1;]"},
		not:  []string{"facebookexternalhit/1.1;FB_IAB/FB4A"},
	},
	"ua.facebook.fb4a":    {seen: []string{"[FBAN/FB4A;FBAV/498.0.0.54.74;FBBV/690000001;FBDM/{density=2.625,width=1080,height=2340};FBLC/pt_PT;FBRV/0;FBCR/MEO;FBMF/samsung;FBBD/samsung;FBPN/com.facebook.katana;FBDV/SM-A546B;FBSV/14;FBOP/1;FBCA/arm64-v8a:;]"}},
	"ua.facebook.lite":    {seen: []string{uaOldWebView + " [FBAN/EMA;FBLC/id_ID;FBAV/441.0.0.9.108;FBCX/modulariab;]"}},
	"ua.facebook.windows": {seen: []string{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; WebView/3.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.3538.102 Safari/537.36 Edge/18.19045 [FBAN/FBW;FBAV/184.0.0.11;FBSV/10.0]"}},
	"ua.facebook.groups":  {seen: []string{"Mozilla/5.0 (iPhone; CPU iPhone OS 10_3_4 like Mac OS X) AppleWebKit/603.3.8 (KHTML, like Gecko) Mobile/14G61 [FBAN/GroupsForiOS;FBAV/150.0.0.33.97;FBDV/iPhone5,2]"}},
	"ua.facebook.pages":   {seen: []string{uaIPhone + " [FBAN/FBPageAdmin;FBAV/480.0.0.31.66;FBDV/iPhone13,2]", uaIPad + " [FBAN/FBPageAdminForiOS;FBAV/481.0.0.29.70;FBDV/iPad12,1]"}},
	"ua.facebook.fban":    {seen: []string{uaIPhone + " [FBAN/AdsManagerForiOS;FBAV/462.0.0.40.101;FBDV/iPhone14,5]"}},
	"ua.facebook.fb-iab":  {seen: []string{uaWebView + " [FB_IAB/FBStudio;]"}},
	"ua.facebook.fbav":    {seen: []string{uaIPhone + " [FBAV/520.0.0.38.101;FBBV/744003321]"}},
	"ua.facebook.metaiab-bare": {
		seen: []string{uaWebView + " MetaIAB"},
		not:  []string{uaWebView + " MetaIABC"},
	},

	// WhatsApp and Telegram.
	"ua.whatsapp.wa4a": {
		seen: []string{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.7559.59 Mobile Safari/537.36 [WA4A/2.26.3.79;]", uaWebView + " WA4A/2.26.9.71"},
		not:  []string{"WhatsApp/2.26.3.79 A", uaWebView + " AWA4A/2"},
	},
	"ua.whatsapp.waios": {
		seen: []string{uaSafari + " [WAiOS/2.26.4.74]"},
		not:  []string{"WhatsApp/2.26.4.74 i", uaSafari},
	},
	"ua.telegram.mini-app": {
		seen: []string{uaTelegram + " Telegram-Android/12.1.3 (Samsung SM-S936B; Android 15; SDK 35; HIGH)"},
		not:  []string{"TelegramBot (like TwitterBot/1.1)", uaTelegram},
	},

	"ua.snapchat.slash": {
		seen: []string{uaIPhone + " Snapchat/13.61.0.44 (like Safari/8621.3.11, panda)"},
		not:  []string{"snapchat-proxy", "Snap URL Preview Service; bot; snapchat", uaIPhone + " Snapchats/2"},
	},
	"ua.snapchat.glued": {seen: []string{uaWebView + "Snapchat13.59.0.51 (SM-S936B; Android 15#S936BXXU1AYA1#35; gzip; )"}},

	// ByteDance.
	"ua.douyin.aweme":         {seen: []string{uaIPhone + " aweme_36.4.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/zh Region/CN BytedanceWebview/d8a21c6"}},
	"ua.tiktok.musically":     {seen: []string{uaIPhone + " musical_ly_42.3.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/tr Region/TR BytedanceWebview/d8a21c6", uaSafari + " musical_ly_43.1.0"}},
	"ua.tiktok.trill":         {seen: []string{uaWebView + " trill_420304 JsSdk/1.0 NetType/4G Channel/googleplay ByteLocale/ja-JP"}},
	"ua.tiktok.app-trill":     {seen: []string{uaWebView + " AppName/trill app_version/42.3.4 ByteLocale/th-TH"}},
	"ua.tiktok.app-go":        {seen: []string{uaOldWebView + " AppName/musically_go app_version/38.2.2 ByteLocale/id-ID"}},
	"ua.tiktok.app-lite":      {seen: []string{uaOldWebView + " AppName/ultralite app_version/41.0.5 ByteLocale/vi-VN"}},
	"ua.tiktok.package":       {seen: []string{"com.zhiliaoapp.musically/2024405030 (Linux; U; Android 14; fr_FR; SM-A556B; Build/UP1A.231005.007; Cronet/TTNetVersion:5b3d3b7d)"}},
	"ua.tiktok.package-trill": {seen: []string{"com.ss.android.ugc.trill/410604 (Linux; U; Android 13; in_ID; 2201117TG; Build/TKQ1.221114.001)"}},
	"ua.tiktok.name":          {seen: []string{"TikTok 42.3.1 rv:423018 (iPhone; iOS 18.6.2; de_DE) Cronet", "TikTok 40.9.0 rv:409011 (iPad; iPadOS 17.7; en_GB)"}, not: []string{uaIPhone + " TikTokDownloader/4"}},
	"ua.tiktok.bytedance":     {seen: []string{uaWebView + " BytedanceWebview/d8a21c6"}, not: []string{"Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider)"}},
	"ua.x.iphone":             {seen: []string{uaIPhone + " Twitter for iPhone/11.48", uaIPhone + " Twitter for iPhone"}, not: []string{"Twitterbot/1.3", uaIPhone + " (twitter.com/acme)"}},
	"ua.x.ipad":               {seen: []string{uaIPad + " Twitter for iPad/11.31"}},
	"ua.x.android":            {seen: []string{uaWebView + " TwitterAndroid", uaOldWebView + " TwitterAndroid/10.84.0"}, not: []string{uaWebView + " TwitterAndroidClone"}},
	"ua.linkedin.app":         {seen: []string{uaIPhone + " [LinkedInApp]/9.31.4417", uaWebView + " [LinkedInApp]"}, not: []string{"LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient)", uaIPhone + " LinkedInApps"}},
	"ua.linkedin.windows":     {seen: []string{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0 LinkedIn/Windows-Native-App/Edge-WebView2"}},
	"ua.pinterest.ios":        {seen: []string{uaIPhone + " [Pinterest/iOS]"}, not: []string{"Pinterest/0.2 (+https://www.pinterest.com/)", uaIPhone + " Pinterest"}},
	"ua.pinterest.android":    {seen: []string{uaWebView + " [Pinterest/Android]"}},
	"ua.pinterest.native":     {seen: []string{"Pinterest for iOS/13.44 (iPhone15,4; 18.6.2)", "Pinterest for Android/13.42.1 (e3q; 15)"}},
	"ua.reddit.version":       {seen: []string{uaWebView + " Reddit/Version 2026.04.0/Build 2604032/Android 15"}},
	"ua.reddit.slash":         {seen: []string{"Reddit/2026.05.1/iOS Version 18.6.2 (Build 22G109)"}, not: []string{"redditbot/1.0", uaIPhone + " Subreddit/3"}},
	"ua.line.slash":           {seen: []string{uaIPhone + " Safari Line/15.19.1", uaWebView + " Line/15.20.0/IAB"}, not: []string{uaWindows + " Airline/3.1", uaWindows + " Inline/2.0", "facebookexternalhit/1.1;line-poker/1.3"}},
	"ua.line.liff":            {seen: []string{uaIPhone + " Safari LIFF"}, not: []string{uaIPhone + " LIFFORD/2"}},
	"ua.kakaotalk.name":       {seen: []string{uaWebView + ";KAKAOTALK 2612040", uaIPhone + " KAKAOTALK/26.1.2 (INAPP)", uaSafari + " KakaoTalk/25.11.0 (INAPP)"}, not: []string{"facebookexternalhit/1.1; kakaotalk-scrap/1.0"}},
	"ua.wecom.wxwork":         {seen: []string{uaIPhone + " wxwork/5.0.2 MicroMessenger/7.0.1 Language/zh ColorScheme/Dark"}},
	"ua.wechat.micromessenger": {seen: []string{
		uaIPhone + " MicroMessenger/8.0.66(0x18004237) NetType/WIFI Language/zh_CN",
		"Mozilla/5.0 (Linux; Android 13; V2241A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/134.0.6998.136 Mobile Safari/537.36 XWEB/1340175 MMWEBSDK/20250804 MMWEBID/4411 MicroMessenger/8.0.64.2920(0x28004051) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64 Process/toolsmp",
	}},
	"ua.tim.slash": {
		seen: []string{uaWebView + " V1_AND_SQ_9.0.15_0_TIM_D TIM/4.0.97.4005 QQ/9.0.15 NetType/WIFI"},
		not:  []string{uaWebView + " [FB_IAB/FB4A;FBCR/TIM;]"},
	},
	"ua.tencent_docs.name": {seen: []string{uaIPhone + " TencentDocs/3.8.2 QQ/8.9.1"}},
	"ua.qq.android":        {seen: []string{uaWebView + " V1_AND_SQ_9.2.20_10910_YYB_D QQ/9.2.20.28955 NetType/WIFI WebP/0.3.0"}},
	"ua.qq.ios":            {seen: []string{uaIPhone + " V1_IPH_SQ_9.2.18_1_APP_A QQ/9.2.18.604 Pixel/1179"}},
	"ua.qq.slash": {
		seen: []string{uaIPhone + " QQ/9.1.77.612 NetType/5G"},
		not:  []string{uaWebView + " MQQBrowser/16.2 TBS/047901", uaWebView + " TIM/4.0.97"},
	},
	"ua.weibo.marks":      {seen: []string{uaIPhone + " Weibo (iPhone15,4__weibo__16.1.2__iphone__os18.6.2)", uaWebView + " e3q__weibo__16.1.0__android__android15"}},
	"ua.weibo.name":       {seen: []string{uaIPhone + " Weibo (iPhone16,1)", uaIPhone + " WeiboOverseas/6.9.3"}},
	"ua.zalo.ios":         {seen: []string{uaIPhone + " Zalo iOS/701 ZaloTheme/light ZaloLanguage/vi"}},
	"ua.zalo.android":     {seen: []string{"Mozilla/5.0 (Linux; Android 14; CPH2591 Build/UKQ1.230924.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.111 Mobile Safari/537.36 Zalo android/26010521 ZaloTheme/dark ZaloLanguage/vi"}},
	"ua.zalo.slash":       {seen: []string{uaWindows + " Zalo/26.1.10"}},
	"ua.dingtalk.name":    {seen: []string{uaIPhone + " AliApp(DingTalk/8.1.5) com.laiwang.DingTalk/43011887 Channel/201200 language/zh-Hans-CN WK"}, not: []string{"DingTalkBot-LinkService/1.0"}},
	"ua.lark.name":        {seen: []string{uaWebView + " Lark/7.58.4 LarkLocale/en_US ChannelName/GooglePlay"}, not: []string{uaWebView + " Skylark/2.1"}},
	"ua.alipay.client":    {seen: []string{uaWebView + " NebulaSDK/1.8 AlipayDefined(nt:WIFI) AliApp(AP/10.8.20.8000) AlipayClient/10.8.20.8000 Language/zh-Hans"}},
	"ua.naver.search":     {seen: []string{uaWebView + " NAVER(inapp; search; 2140; 12.18.2)"}},
	"ua.naver.dictionary": {seen: []string{uaIPhone + " NAVER(inapp; naverdicapp; 411; 4.5.1; 14PRO)"}},
	"ua.naver.other":      {seen: []string{uaIPhone + " NAVER(inapp; blog; 100; 8.9.3; 15PRO)"}},
	"ua.daum.apps":        {seen: []string{uaWebView + " DaumApps/8.4.1 DaumDevice/mobile"}},
	"ua.baidu.box":        {seen: []string{uaWebView + " T7/15.22 SP-engine/3.44.0 baiduboxapp/15.22.0.10 (Baidu; P1 15)"}, not: []string{"Mozilla/5.0 (compatible; Baiduspider/2.0)"}},

	// Messengers and tools at work.
	"ua.viber.slash":   {seen: []string{uaOldWebView + " Viber/13.2.0.7", uaWindows + " Viber/25.8.1.0"}, not: []string{"Viber", "ViberUrlDownloader/1.3"}},
	"ua.viber.last":    {seen: []string{uaOldWebView + " Viber"}, not: []string{"Viber"}},
	"ua.kik.slash":     {seen: []string{"Kik/15.71.1.30811 (Android 13) " + uaOldWebView}},
	"ua.imo.android":   {seen: []string{uaWebView + " imoAndroid/2026.01.1031"}},
	"ua.slack.ssb":     {seen: []string{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_6) AppleWebKit/537.36 (KHTML, like Gecko) AtomShell/1.8.3 Chrome/66.0.3359.181 Safari/537.36 Slack_SSB/3.4.2"}},
	"ua.slack.slash":   {seen: []string{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.47.72 Chrome/142.0.7444.59 Electron/39.1.2 Safari/537.36"}, not: []string{"Slackbot 1.3 (+https://api.slack.com/robots)", "Slack-ImgProxy 0.19 (+https://api.slack.com/robots)", uaWindows + " Slackware/15"}},
	"ua.discord.slash": {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) discord/0.0.121 Chrome/138.0.7204.251 Electron/37.6.0 Safari/537.36"}, not: []string{"Mozilla/5.0 (compatible; Discordbot/2.2; +https://discordapp.com)"}},
	"ua.teams.ios":     {seen: []string{uaIPhone + " TeamsMobile-iOS/7.22.2"}},
	"ua.teams.android": {seen: []string{uaWebView + " TeamsMobile-Android/1416/1.0.0.2026012103"}},
	"ua.teams.slash":   {seen: []string{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.289 Safari/537.36 Electron/25.8.4 Teams/1.8.00.1362"}, not: []string{uaWindows + " Steams/3.0", "SkypeUriPreview Preview/0.5 Teams"}},
	"ua.teams.maglev":  {seen: []string{uaIPhone + " maglev/25321.402.411"}},
	"ua.skype.slash":   {seen: []string{"Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Skype/8.133.0.202 Chrome/122.0.6261.156 Electron/29.4.6 Safari/537.36"}, not: []string{"Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.7"}},
	"ua.yammer.slash":  {seen: []string{uaIPhone + " Yammer/8.2.1"}},

	// Mail.
	"ua.outlook.mobile":     {seen: []string{uaIPhone + " Outlook-iOS-Android/1.4", uaWebView + " Outlook-iOS-Android/1.4"}, not: []string{uaMac + " MacOutlook/16.101.25091314"}},
	"ua.yahoo_mail.japan":   {seen: []string{uaIPhone + " YJApp-IOS jp.co.yahoo.ymail/8.51.0"}},
	"ua.google_app.gsa":     {seen: []string{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/401.0.851201213 Mobile/15E148 Safari/604.1", uaWebView + " GSA/16.51.31.sa.arm64"}, not: []string{uaIPhone + " USAGSA/3.0", uaIPhone + " GSA"}},
	"ua.google_app.android": {seen: []string{uaWebView + " GoogleApp/17.1.52.sa.arm64"}},
	"ua.google_app.gsapp":   {seen: []string{uaIPhone + " GSApp/4.2"}},
	"ua.google_app.nstnwv":  {seen: []string{uaIPhone + " NSTNWV/2.0"}},
	"ua.bing.sapphire":      {seen: []string{uaIPhone + " BingSapphire/32.7.431203001"}},
	"ua.bing.web":           {seen: []string{uaWebView + " BingWeb/9.41.10.5"}, not: []string{uaWindows + " BingPreview/1.0b"}},
	"ua.bing.ipad":          {seen: []string{uaIPad + " bingipadclient/2.9.3", uaIPad + " BingIPadClientV2"}},
	"ua.bing.start":         {seen: []string{uaWebView + " Sapphire/32.6.0"}},
	"ua.flipboard.name":     {seen: []string{uaIPhone + " Flipboard/4.5.12"}, not: []string{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.11) Gecko/20100101 Firefox/49.0 (FlipboardProxy/1.2)"}},
	"ua.xing.name":          {seen: []string{uaIPhone + " XING/10.12.1"}, not: []string{"XING-contenttabreceiver/2.0", uaIPhone + " Boxing/2.1"}},
	"ua.vk.android":         {seen: []string{"VKAndroidApp/8.151-33120 (Android 14; SDK 34; arm64-v8a; vivo V2339; ru; 2400x1080)"}, not: []string{"Mozilla/5.0 (compatible; vkShare)"}},
	"ua.ntv.app":            {seen: []string{"ntvmobil iPhone 8.2 " + uaSafari + " ntvAgof (angebot:appntv)"}},
	"ua.nextdoor.name":      {seen: []string{uaIPhone + " Nextdoor/26.2.1"}},
}

func TestApps(t *testing.T) {
	requireExamples(t, apps, appExamples, func(a agent) RuleID { return a.app })
}
