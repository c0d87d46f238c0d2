package darksocial

// searchHosts are the engines the world searches with, and what stands on the
// same indexes. Their other services are in hosts_other.go and beside their
// kind: google.* is search, mail.google.* is mail.
var searchHosts = []host{
	// Google, its news, pictures, maps and the like: all of them answer a question with links
	{"g.cn", "google"}, {"google.*", "google"}, {"google.cat", "google"}, {"google.it.ao", "google"}, {"google.off.ai", "google"},
	{"googlesearch.com", "google"}, {"googlesyndicatedsearch.com", "google"}, {"maps.google.*", "google_maps"},
	{"news.google.*", "google_news"}, {"scholar.google.*", "google_scholar"}, {"webcache.googleusercontent.com", "google"},
	{"wwwgoogle.*", "google"},

	// Microsoft
	{"academic.microsoft.com", "bing"}, {"academic.research.microsoft.com", "bing"}, {"bing.*", "bing"}, {"bingapis.com", "bing"},
	{"bingmaps.com", "bing"}, {"cc.bingj.com", "bing"}, {"search.live.com", "bing"}, {"search.microsoft.com", "bing"},
	{"search.msn.*", "bing"},

	// Yahoo, and what belonged to it
	{"alltheweb.com", "alltheweb"}, {"altavista.*", "altavista"}, {"onesearch.com", "yahoo"}, {"overture.com", "yahoo"},
	{"search.att.net", "att"}, {"search.bt.com", "bt"}, {"search.sky.com", "sky"}, {"search.verizon.net", "verizon"},
	{"search.yahoo.*", "yahoo"}, {"yahoo.*", "yahoo"},

	// Private search
	{"4get.ca", ""}, {"alexandria.org", ""}, {"base-search.net", "base"}, {"ccsearch.creativecommons.org", ""},
	{"cliqz.com", "cliqz"}, {"clusty.com", "yippy"}, {"ddg.gg", "duckduckgo"}, {"discretesearch.com", ""},
	{"dogpile.com", "dogpile"}, {"duck.com", "duckduckgo"}, {"duckduckgo.*", "duckduckgo"},
	{"duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion", "duckduckgo"}, {"ecosia.*", "ecosia"},
	{"ecosia.org", "ecosia"}, {"ekoru.org", "ekoru"}, {"elliotforwater.com", ""}, {"everyclick.com", "everyclick"},
	{"exalead.*", "exalead"}, {"findx.com", ""}, {"freespoke.com", "freespoke"}, {"gexsi.com", "gexsi"},
	{"ghosterysearch.com", "ghostery"}, {"gibiru.com", "gibiru"}, {"givero.com", "givero"}, {"glowstery.com", "ghostery"},
	{"goodsearch.com", "goodsearch"}, {"hulbee.com", "swisscows"}, {"infinitysearch.co", ""}, {"ixquick-proxy.com", "startpage"},
	{"ixquick.*", "startpage"}, {"kagi.com", "kagi"}, {"karmasearch.org", "karma"}, {"leta.mullvad.net", "mullvad"},
	{"lilo.org", "lilo"}, {"lukol.com", ""}, {"marginalia-search.com", "marginalia"}, {"marginalia.nu", "marginalia"},
	{"metager.*", "metager"}, {"metager.org", "metager"}, {"metager2.de", "metager"}, {"mojeek.*", "mojeek"},
	{"neeva.com", "neeva"}, {"oceanhero.today", "oceanhero"}, {"oscobo.com", ""}, {"peekier.com", ""}, {"petal.search", "petal"},
	{"petalsearch.com", "petal"}, {"presearch.com", "presearch"}, {"presearch.io", "presearch"}, {"presearch.org", "presearch"},
	{"privacysearch.de", ""}, {"privacywall.org", "privacywall"}, {"pubmed.ncbi.nlm.nih.gov", "pubmed"}, {"qwant.*", "qwant"},
	{"qwantjunior.com", "qwant"}, {"rapusia.org", ""}, {"rightdao.com", ""}, {"search.aspiegel.com", "petal"},
	{"search.brave.com", "brave"}, {"search.disconnect.me", "disconnect"}, {"search.mullvad.net", "mullvad"},
	{"searchencrypt.com", ""}, {"searx.*", "searx"}, {"searx.space", "searx"}, {"searxng.org", "searx"}, {"searxng.site", "searx"},
	{"semanticscholar.org", ""}, {"startingpage.com", "startpage"}, {"startpage.*", "startpage"}, {"stract.com", "stract"},
	{"swisscows.*", "swisscows"}, {"timpi.io", ""}, {"tusksearch.com", "tusk"}, {"unbubble.eu", "unbubble"},
	{"uselilo.org", "lilo"}, {"vivisimo.com", "yippy"}, {"whoogle.*", ""}, {"wiby.me", ""}, {"wiby.org", ""},
	{"wolframalpha.com", "wolfram_alpha"}, {"xayn.com", ""}, {"yep.com", "yep"}, {"yippy.com", "yippy"}, {"you.care", ""},
	{"youcare.world", ""},

	// Browsers' and phones' own start pages
	{"apple.com/maps", "apple_maps"}, {"brisbane.t-online.de", "t-online"}, {"flow.opera.com", "opera"}, {"isearch.avg.com", "avg"},
	{"maps.apple.com", "apple_maps"}, {"mysearch.avg.com", "avg"}, {"navigationshilfe.t-online.de", "t-online"},
	{"nortonsafe.search.ask.com", "norton"}, {"portal.opera.com", "opera"}, {"redir.opera.com", "opera"},
	{"safesearch.avira.com", "avira"}, {"safesearch.norton.com", "norton"}, {"search.1and1.com", "1und1"},
	{"search.avast.com", "avast"}, {"search.avg.com", "avg"}, {"search.avira.*", "avira"}, {"search.gmx.*", "gmx"},
	{"search.icq.com", "icq"}, {"search.mail.com", "mail.com"}, {"search.mcafee.com", "mcafee"}, {"search.norton.com", "norton"},
	{"search.opera.com", "opera"}, {"search.skype.com", ""}, {"start.mozilla.org", ""}, {"start.opera.com", "opera"},
	{"start.vivaldi.com", "vivaldi"}, {"suche.1und1.de", "1und1"}, {"suche.freenet.de", "freenet"}, {"suche.gmx.*", "gmx"},
	{"suche.t-online.de", "t-online"}, {"suche.web.de", "web.de"},

	// Portals whose front page is the search box
	{"aol.*", "aol"}, {"aolsearch.com", "aol"}, {"ask.*", "ask"}, {"askjeeves.*", "ask"}, {"askkids.com", "ask"},
	{"blekko.com", "blekko"}, {"cuil.com", "cuil"}, {"cuil.pt", "cuil"}, {"curlie.org", "dmoz"}, {"dir.com", ""},
	{"dmoz.org", "dmoz"}, {"dmoztools.net", "dmoz"}, {"entireweb.com", "entireweb"}, {"excite.*", "excite"},
	{"gigablast.com", "gigablast"}, {"hakia.com", "hakia"}, {"hotbot.*", "hotbot"}, {"info.com", "info.com"},
	{"infospace.com", "infospace"}, {"izik.com", "blekko"}, {"joeant.com", ""}, {"kosmix.com", ""}, {"looksmart.*", "looksmart"},
	{"lycos-europe.com", "lycos"}, {"lycos.*", "lycos"}, {"mamma.com", "mamma"}, {"metacrawler.*", "metacrawler"},
	{"netscape.com", "netscape"}, {"odp.org", "dmoz"}, {"powerset.com", ""}, {"questbrowse.com", "ask"}, {"savvysearch.com", ""},
	{"search-results.com", "ask"}, {"search-results.mobi", "ask"}, {"search.com", "search.com"}, {"searchme.com", ""},
	{"teoma.com", "ask"}, {"viewzi.com", ""}, {"webcrawler.*", "webcrawler"}, {"zapmeta.*", "zapmeta"},

	// Yandex, in every country it serves; the rest of Russia is in hosts_search_national.go
	{"hghltd.yandex.net", "yandex"}, {"news.yandex.*", "yandex_news"}, {"ya.ru", "yandex"}, {"yandex-team.ru", "yandex"},
	{"yandex.*", "yandex"}, {"yandexwebcache.net", "yandex"},

	// Baidu, Naver
	{"baidu.*", "baidu"}, {"naver.*", "naver"},
}
