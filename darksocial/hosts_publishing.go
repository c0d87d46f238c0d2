package darksocial

// publishingHosts are where people without a site of their own publish: blogs,
// journals, boards of pictures and stories. Everybody may read along.
var publishingHosts = []host{
	// Worldwide
	{"360.yahoo.com", "yahoo_360"}, {"alltop.com", ""}, {"anchor.fm", ""}, {"angelfire.com", ""}, {"archiveofourown.org", ""},
	{"associatedcontent.com", ""}, {"bandcamp.com", "bandcamp"}, {"bearblog.dev", ""}, {"blog.co.uk", ""}, {"blog.com", ""},
	{"blogcatalog.com", ""}, {"blogdrive.com", ""}, {"blogger.com", "blogger"}, {"blogher.com", ""}, {"bloglovin.com", "bloglovin"},
	{"blogs.com", ""}, {"blogsome.com", ""}, {"blogspot.*", "blogger"}, {"blogster.com", ""}, {"deadjournal.com", ""},
	{"diaryland.com", ""}, {"dreamwidth.org", "dreamwidth"}, {"edublogs.org", ""}, {"fanfiction.net", ""}, {"fanpop.com", ""},
	{"feedspot.com", "feedspot"}, {"furaffinity.net", ""}, {"geocities.com", ""}, {"geocities.jp", ""}, {"ghost.io", "ghost"},
	{"greatestjournal.com", ""}, {"helium.com", ""}, {"hubpages.com", "hubpages"}, {"inkitt.com", ""}, {"insanejournal.com", ""},
	{"journalfen.net", ""}, {"keepandshare.com", ""}, {"kinja.com", "kinja"}, {"listography.com", ""},
	{"livejournal.com", "livejournal"}, {"livejournal.net", "livejournal"}, {"livespaces.com", ""}, {"ljsear.ch", "livejournal"},
	{"mataroa.blog", ""}, {"medium.com", "medium"}, {"meme.yahoo.com", "yahoo"}, {"mixcloud.com", "mixcloud"},
	{"my.opera.com", "my_opera"}, {"mybloglog.com", ""}, {"netvibes.com", "netvibes"}, {"networkedblogs.com", ""},
	{"notion.site", ""}, {"open.salon.com", ""}, {"opensalon.com", ""}, {"pearltrees.com", "pearltrees"}, {"pitas.com", ""},
	{"popurls.com", ""}, {"posterous.com", "posterous"}, {"posthaven.com", ""}, {"profile.live.com", ""},
	{"profile.yahoo.com", "yahoo"}, {"profiles.yahoo.com", "yahoo"}, {"pulse.yahoo.com", "yahoo"}, {"quotev.com", ""},
	{"shvoong.com", ""}, {"soup.io", ""}, {"spreaker.com", ""}, {"squidoo.com", "squidoo"}, {"storify.com", "storify"},
	{"substack.com", "substack"}, {"svbtle.com", ""}, {"telegra.ph", "telegraph"}, {"thoughts.com", ""}, {"thriveglobal.com", ""},
	{"triond.com", ""}, {"tripod.com", ""}, {"tumblelog.com", ""}, {"typepad.*", "typepad"}, {"vocal.media", "vocal"},
	{"wakelet.com", "wakelet"}, {"webs.com", ""}, {"weebly.com", "weebly"}, {"wordpress.com", "wordpress"}, {"wp.me", "wordpress"},
	{"write.as", ""}, {"xomba.com", ""},

	// Europe
	{"altervista.org", ""}, {"antville.org", ""}, {"blog.bg", ""}, {"blog.cz", "blog.cz"}, {"blog.de", "blog.de"},
	{"blog.hu", "blog.hu"}, {"blog.idnes.cz", ""}, {"blog.is", ""}, {"blog.nl", ""}, {"blog.onet.pl", ""}, {"blog.pl", ""},
	{"blog.rs", ""}, {"blog.sk", ""}, {"blog.sme.sk", ""}, {"blogcu.com", ""}, {"bloger.hr", ""}, {"blogg.de", ""},
	{"blogg.no", ""}, {"blogg.org", ""}, {"blogg.se", ""}, {"blogger.ba", ""}, {"blogger.de", ""}, {"bloggplatsen.se", ""},
	{"blogia.com", ""}, {"blogigo.*", ""}, {"blogosfere.it", ""}, {"blogs.sapo.pt", "sapo_blogs"}, {"blogspirit.com", ""},
	{"blogter.hu", ""}, {"bloguje.cz", ""}, {"bloog.pl", ""}, {"blox.pl", ""}, {"canalblog.com", "canalblog"},
	{"centerblog.net", ""}, {"eklablog.com", "eklablog"}, {"eklablog.fr", "eklablog"}, {"freeblog.hu", ""}, {"hautetfort.com", ""},
	{"iobloggo.com", ""}, {"lacoctelera.net", ""}, {"lily.fi", ""}, {"myblog.de", ""}, {"myblog.it", ""},
	{"myheimat.de", "myheimat"}, {"over-blog-kiwi.com", "over-blog"}, {"over-blog.*", "over-blog"}, {"overblog.com", "over-blog"},
	{"pagewizz.com", ""}, {"pblogs.gr", ""}, {"punt.nl", ""}, {"salon24.pl", ""}, {"seniorennet.be", ""},
	{"skyblog.com", "skyrock"}, {"skynetblogs.be", ""}, {"splinder.com", ""}, {"suite101.*", ""}, {"twoday.net", ""},
	{"unblog.fr", ""}, {"vuodatus.net", ""}, {"web-log.nl", ""}, {"weblog.ro", ""},

	// Russia and neighbours
	{"author.today", ""}, {"babiki.ru", ""}, {"beon.ru", ""}, {"blog.i.ua", ""}, {"blog.ru", ""}, {"blogs.korrespondent.net", ""},
	{"blogs.mail.ru", ""}, {"boosty.to", "boosty"}, {"diary.ru", "diary.ru"}, {"dtf.ru", ""}, {"dzen.ru", "dzen"},
	{"fishki.net", ""}, {"hiblogger.net", ""}, {"liveinternet.ru", "liveinternet"}, {"livejournal.ru", "livejournal"},
	{"ljplus.ru", ""}, {"narod.ru", ""}, {"proza.ru", ""}, {"samlib.ru", ""}, {"snob.ru", ""}, {"stihi.ru", ""},
	{"teletype.in", "teletype"}, {"tjournal.ru", ""}, {"ucoz.ru", ""}, {"vc.ru", "vc.ru"}, {"zen.ya.ru", "dzen"},
	{"zen.yandex.*", "dzen"}, {"zen.yandex.com", "dzen"},

	// Japan, Korea, China, South-East Asia
	{"ameba.jp", "ameba"}, {"amebaownd.com", "ameba"}, {"ameblo.jp", "ameba"}, {"blog-rank.com", ""},
	{"blog.163.com", "netease_blog"}, {"blog.daum.net", "daum_blog"}, {"blog.goo.ne.jp", "goo_blog"}, {"blog.hexun.com", ""},
	{"blog.me", "naver_blog"}, {"blog.naver.com", "naver_blog"}, {"blog.ocn.ne.jp", ""}, {"blog.paran.com", ""},
	{"blog.sina.com.cn", "sina_blog"}, {"blog.so-net.ne.jp", ""}, {"blog.sohu.com", "sohu_blog"}, {"blog.udn.com", ""},
	{"blog.with2.net", "blog_ranking"}, {"blog.yahoo.com", "yahoo_blog"}, {"blogbus.com", ""}, {"blogdetik.com", ""},
	{"bloggang.com", ""}, {"blogmura.com", "blogmura"}, {"blogs.yahoo.*", "yahoo_blog"}, {"blogs.yahoo.co.jp", "yahoo_blog"},
	{"bokee.com", ""}, {"brunch.co.kr", "brunch"}, {"cocolog-nifty.com", "cocolog"}, {"cururu.jp", ""}, {"diandian.com", ""},
	{"doorblog.jp", "livedoor"}, {"drecom.jp", ""}, {"egloos.com", "egloos"}, {"exblog.jp", "exblog"}, {"exteen.com", ""},
	{"fanbox.cc", "pixiv"}, {"fantia.jp", ""}, {"fc2.com", "fc2"}, {"fc2.net", "fc2"}, {"fc2blog.net", "fc2"},
	{"gooblog.com", "goo_blog"}, {"gotoknow.org", ""}, {"hateblo.jp", "hatena"}, {"hatena.com", "hatena"},
	{"hatena.ne.jp", "hatena"}, {"hatenablog.com", "hatena"}, {"hatenablog.jp", "hatena"}, {"hatenadiary.com", "hatena"},
	{"hatenadiary.jp", "hatena"}, {"jianshu.com", "jianshu"}, {"jugem.cc", "jugem"}, {"jugem.jp", "jugem"}, {"kakuyomu.jp", ""},
	{"kompasiana.com", "kompasiana"}, {"livedoor.biz", "livedoor"}, {"livedoor.blog", "livedoor"}, {"livedoor.com", "livedoor"},
	{"livedoor.jp", "livedoor"}, {"marshmallow-qa.com", ""}, {"naturum.ne.jp", ""}, {"note.com", "note"}, {"note.mu", "note"},
	{"oknation.net", ""}, {"opera.blog", ""}, {"peing.net", ""}, {"pixnet.net", "pixnet"}, {"plaza.rakuten.co.jp", "rakuten_blog"},
	{"post.naver.com", "naver_post"}, {"postype.com", ""}, {"privatter.net", ""}, {"seesaa.jp", "seesaa"}, {"seesaa.net", "seesaa"},
	{"spiderum.com", "spiderum"}, {"syosetu.com", ""}, {"teacup.com", ""}, {"ti-da.net", ""}, {"tistory.com", "tistory"},
	{"toutiao.com", "toutiao"}, {"velog.io", "velog"}, {"vocus.cc", "vocus"}, {"webry.info", ""}, {"xuite.net", ""},
	{"yaplog.jp", ""}, {"yume.vn", ""},

	// Elsewhere
	{"blog.terra.com.br", ""}, {"blog.uol.com.br", ""}, {"blogadda.com", ""}, {"blogfa.com", ""}, {"blogsky.com", ""},
	{"indiblogger.in", ""}, {"israblog.co.il", ""}, {"jeeran.com", ""}, {"mihanblog.com", ""}, {"persianblog.ir", ""},
	{"tapas.io", ""}, {"virgool.io", "virgool"}, {"youthkiawaaz.com", ""}, {"zip.net", ""},
}
