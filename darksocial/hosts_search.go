package darksocial

// searchHosts are the engines the world searches with, and what stands on the
// same indexes. Their other services are in hosts_other.go and beside their
// kind: google.* is search, mail.google.* is mail.
var searchHosts = []host{
	// Google, its news, pictures, maps and the like: all of them answer a question with links
	{"blogsearch.google.*", "google"}, {"books.google.*", "google"}, {"com.google", "google"}, {"cse.google.*", "google"},
	{"encrypted.google.com", "google"}, {"froogle.google.*", "google"}, {"g.cn", "google"}, {"gogle.*", "google"},
	{"googel.*", "google"}, {"google.*", "google"}, {"google.cat", "google"}, {"google.com.tj", "google"},
	{"google.com/maps", "google_maps"}, {"google.it.ao", "google"}, {"google.off.ai", "google"}, {"google.org/search", "google"},
	{"googlesearch.com", "google"}, {"googlesyndicatedsearch.com", "google"}, {"googleusercontent.com/search", "google"},
	{"images.google.*", "google"}, {"ipv6.google.com", "google"}, {"lens.google.com", "google"}, {"maps.google.*", "google_maps"},
	{"news.google.*", "google_news"}, {"scholar.google.*", "google_scholar"}, {"video.google.*", "google"},
	{"webcache.googleusercontent.com", "google"}, {"wwwgoogle.*", "google"},

	// Microsoft
	{"academic.microsoft.com", "bing"}, {"academic.research.microsoft.com", "bing"}, {"beta.search.msn.*", "bing"},
	{"bing.*", "bing"}, {"bingapis.com", "bing"}, {"bingmaps.com", "bing"}, {"cc.bingj.com", "bing"}, {"live.com/results", "bing"},
	{"msn.com/spartan", "bing"}, {"ntp.msn.com", "bing"}, {"search.live.com", "bing"}, {"search.microsoft.com", "bing"},
	{"search.msn.*", "bing"}, {"start.search.msn.*", "bing"},

	// Yahoo, and what belonged to it
	{"alltheweb.com", "alltheweb"}, {"altavista.*", "altavista"}, {"babelfish.altavista.com", "altavista"},
	{"cn.yahoo.com", "yahoo"}, {"images.search.yahoo.*", "yahoo"}, {"images.yahoo.*", "yahoo"}, {"onesearch.com", "yahoo"},
	{"overture.com", "yahoo"}, {"search.att.net", "att"}, {"search.bt.com", "bt"}, {"search.frontier.com", ""},
	{"search.rr.com", ""}, {"search.sky.com", "sky"}, {"search.verizon.net", "verizon"}, {"search.yahoo.*", "yahoo"},
	{"search.yahoo.co.jp", "yahoo"}, {"sg.yahoo.com", "yahoo"}, {"yahoo.*", "yahoo"}, {"yahoo.cn", "yahoo"},
	{"yahooapis.com", "yahoo"}, {"yhs.search.yahoo.com", "yahoo"},

	// Private search
	{"4get.ca", ""}, {"alexandria.org", ""}, {"base-search.net", "base"}, {"ccsearch.creativecommons.org", ""},
	{"cliqz.com", "cliqz"}, {"clusty.com", "yippy"}, {"core.ac.uk/search", ""}, {"ddg.gg", "duckduckgo"},
	{"discretesearch.com", ""}, {"dogpile.com", "dogpile"}, {"duck.com", "duckduckgo"}, {"duckduckgo.*", "duckduckgo"},
	{"duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion", "duckduckgo"}, {"ecosia.*", "ecosia"},
	{"ecosia.org", "ecosia"}, {"ekoru.org", "ekoru"}, {"elliotforwater.com", ""}, {"eu.startpage.com", "startpage"},
	{"everyclick.com", "everyclick"}, {"exalead.*", "exalead"}, {"findx.com", ""}, {"freespoke.com", "freespoke"},
	{"gexsi.com", "gexsi"}, {"ghostery.com/search", "ghostery"}, {"ghosterysearch.com", "ghostery"}, {"gibiru.com", "gibiru"},
	{"givero.com", "givero"}, {"glowstery.com", "ghostery"}, {"goodsearch.com", "goodsearch"}, {"hulbee.com", "swisscows"},
	{"infinitysearch.co", ""}, {"ixquick-proxy.com", "startpage"}, {"ixquick.*", "startpage"}, {"kagi.com", "kagi"},
	{"karmasearch.org", "karma"}, {"leta.mullvad.net", "mullvad"}, {"lilo.org", "lilo"}, {"lukol.com", ""},
	{"marginalia-search.com", "marginalia"}, {"marginalia.nu", "marginalia"}, {"metager.*", "metager"}, {"metager.org", "metager"},
	{"metager2.de", "metager"}, {"mojeek.*", "mojeek"}, {"neeva.com", "neeva"}, {"oceanhero.today", "oceanhero"},
	{"oscobo.com", ""}, {"peekier.com", ""}, {"petal.search", "petal"}, {"petalsearch.com", "petal"},
	{"presearch.com", "presearch"}, {"presearch.io", "presearch"}, {"presearch.org", "presearch"}, {"privacysearch.de", ""},
	{"privacywall.org", "privacywall"}, {"pubmed.ncbi.nlm.nih.gov", "pubmed"}, {"qwant.*", "qwant"}, {"qwantjunior.com", "qwant"},
	{"rapusia.org", ""}, {"rightdao.com", ""}, {"search.aspiegel.com", "petal"}, {"search.brave.com", "brave"},
	{"search.creativecommons.org", ""}, {"search.disconnect.me", "disconnect"}, {"search.ecosia.org", "ecosia"},
	{"search.marginalia.nu", "marginalia"}, {"search.mullvad.net", "mullvad"}, {"searchencrypt.com", ""}, {"searx.*", "searx"},
	{"searx.be", "searx"}, {"searx.me", "searx"}, {"searx.space", "searx"}, {"searxng.org", "searx"}, {"searxng.site", "searx"},
	{"semanticscholar.org", ""}, {"startingpage.com", "startpage"}, {"startpage.*", "startpage"}, {"stract.com", "stract"},
	{"suche.cliqz.com", "cliqz"}, {"swisscows.*", "swisscows"}, {"timpi.io", ""}, {"tusksearch.com", "tusk"},
	{"unbubble.eu", "unbubble"}, {"uselilo.org", "lilo"}, {"vivisimo.com", "yippy"}, {"whoogle.*", ""}, {"wiby.me", ""},
	{"wiby.org", ""}, {"wolframalpha.com", "wolfram_alpha"}, {"xayn.com", ""}, {"yep.com", "yep"}, {"yippy.com", "yippy"},
	{"you.care", ""}, {"youcare.world", ""},

	// Browsers' and phones' own start pages
	{"apple.com/maps", "apple_maps"}, {"brisbane.t-online.de", "t-online"}, {"flow.opera.com", "opera"}, {"isearch.avg.com", "avg"},
	{"maps.apple.com", "apple_maps"}, {"mcafee.com/search", "mcafee"}, {"mysearch.avg.com", "avg"},
	{"navigationshilfe.t-online.de", "t-online"}, {"nortonsafe.search.ask.com", "norton"}, {"portal.opera.com", "opera"},
	{"redir.opera.com", "opera"}, {"safe.search.tools", ""}, {"safesearch.avira.com", "avira"}, {"safesearch.norton.com", "norton"},
	{"search.1and1.com", "1und1"}, {"search.avast.com", "avast"}, {"search.avg.com", "avg"}, {"search.avira.*", "avira"},
	{"search.gmx.*", "gmx"}, {"search.icq.com", "icq"}, {"search.imesh.com", ""}, {"search.mail.com", "mail.com"},
	{"search.mcafee.com", "mcafee"}, {"search.norton.com", "norton"}, {"search.opera.com", "opera"}, {"search.samsung.com", ""},
	{"search.seamonkey.org", ""}, {"search.skype.com", ""}, {"start.mozilla.org", ""}, {"start.opera.com", "opera"},
	{"start.vivaldi.com", "vivaldi"}, {"suche.1und1.de", "1und1"}, {"suche.freenet.de", "freenet"}, {"suche.gmx.*", "gmx"},
	{"suche.t-online.de", "t-online"}, {"suche.web.de", "web.de"}, {"web.flow.opera.com", "opera"},

	// Portals whose front page is the search box
	{"about.com", ""}, {"alicesuche.aol.de", "aol"}, {"aol.*", "aol"}, {"aolsearch.com", "aol"},
	{"aolsearcht1.search.aol.com", "aol"}, {"ask.*", "ask"}, {"ask.eu", "ask"}, {"ask.jp", "ask"}, {"askjeeves.*", "ask"},
	{"askkids.com", "ask"}, {"blekko.com", "blekko"}, {"compuserve.com/search", "aol"}, {"cuil.com", "cuil"}, {"cuil.pt", "cuil"},
	{"curlie.org", "dmoz"}, {"dir.com", ""}, {"dmoz.org", "dmoz"}, {"dmoztools.net", "dmoz"}, {"entireweb.com", "entireweb"},
	{"excite.*", "excite"}, {"excite.eu", "excite"}, {"gigablast.com", "gigablast"}, {"gps.aol.com", "aol"}, {"hakia.com", "hakia"},
	{"hotbot.*", "hotbot"}, {"info.com", "info.com"}, {"infospace.com", "infospace"}, {"izik.com", "blekko"}, {"joeant.com", ""},
	{"kosmix.com", ""}, {"looksmart.*", "looksmart"}, {"lycos-europe.com", "lycos"}, {"lycos.*", "lycos"}, {"mamma.com", "mamma"},
	{"metacrawler.*", "metacrawler"}, {"netscape.com", "netscape"}, {"odp.org", "dmoz"}, {"powerset.com", ""},
	{"questbrowse.com", "ask"}, {"savvysearch.com", ""}, {"search-results.com", "ask"}, {"search-results.mobi", "ask"},
	{"search.about.com", ""}, {"search.aol.*", "aol"}, {"search.com", "search.com"}, {"search.netscape.com", "netscape"},
	{"searchme.com", ""}, {"suche.aol.*", "aol"}, {"teoma.com", "ask"}, {"viewzi.com", ""}, {"webcrawler.*", "webcrawler"},
	{"zapmeta.*", "zapmeta"}, {"zapmeta.ws", "zapmeta"},

	// Yandex, in every country it serves; the rest of Russia is in hosts_search_national.go
	{"clck.yandex.*", "yandex"}, {"hghltd.yandex.net", "yandex"}, {"images.yandex.*", "yandex"}, {"news.yandex.*", "yandex_news"},
	{"xmlsearch.yandex.ru", "yandex"}, {"ya.ru", "yandex"}, {"yandex-team.ru", "yandex"}, {"yandex.*", "yandex"},
	{"yandex.com.tr", "yandex"}, {"yandex.eu", "yandex"}, {"yandexwebcache.net", "yandex"},

	// Baidu, Naver
	{"baidu.*", "baidu"}, {"baidu.jp", "baidu"}, {"image.baidu.com", "baidu"}, {"m.search.naver.com", "naver"},
	{"naver.*", "naver"}, {"search.naver.com", "naver"},
}
