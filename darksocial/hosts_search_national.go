package darksocial

// nationalSearchHosts are engines, directories and portals of one country or
// region: people came, and come, to them with a question.
var nationalSearchHosts = []host{
	// Germany, Austria, Switzerland
	{"11880.com", ""}, {"123people.*", ""}, {"abacho.*", "abacho"}, {"acoon.de", ""}, {"allesklar.de", ""}, {"apollo7.de", ""},
	{"austronaut.at", ""}, {"austrosearch.at", ""}, {"benefind.de", ""}, {"blinde-kuh.de", ""}, {"blindekuh.de", ""},
	{"bluewin.ch/suche", "bluewin"}, {"crawler.de", ""}, {"dasoertliche.de", ""}, {"dastelefonbuch.de", ""}, {"ecosearch.de", ""},
	{"eniro.*", "eniro"}, {"exciteseek.com", ""}, {"fireball.com", "fireball"}, {"fireball.de", "fireball"}, {"flix.de", ""},
	{"forestle.org", "forestle"}, {"fragfinn.de", ""}, {"gelbeseiten.de", ""}, {"goyax.de", ""}, {"goyellow.de", ""},
	{"helles-koepfchen.de", ""}, {"herold.at", ""}, {"hosting4all.de", ""}, {"infotiger.com", ""}, {"jungle-spider.de", ""},
	{"klicktel.de", ""}, {"kolibri.de", ""}, {"local.ch", ""}, {"meinestadt.de", ""}, {"mister-wong.*", "mister_wong"},
	{"myheimat.de/suche", ""}, {"nachrichten.de", ""}, {"nettz.de", ""}, {"paperball.de", "paperball"},
	{"paperball.fireball.de", "paperball"}, {"peoplecheck.de", ""}, {"quendu.com", ""}, {"sear.ch", ""},
	{"search.bluewin.ch", "bluewin"}, {"search.ch", "search.ch"}, {"search.orf.at", ""}, {"search.sunrise.ch", ""},
	{"sharelook.*", ""}, {"sm.de", ""}, {"suchbiene.de", ""}, {"suchbot.de", ""}, {"suche.alice-dsl.de", ""},
	{"suche.chello.at", ""}, {"suche.info", ""}, {"sucheinfo.de", ""}, {"suchen.at", ""}, {"suchen.de", ""},
	{"suchmaschine.com", ""}, {"suchnase.de", ""}, {"tel.search.ch", ""}, {"tixuma.de", ""}, {"web.de/suche", "web.de"},
	{"webfind.ch", ""}, {"wer-kennt-wen-suche.de", ""}, {"witch.de", ""}, {"yasni.*", "yasni"}, {"znout.org", ""},

	// France, Belgium, Luxembourg
	{"118000.fr", ""}, {"advalvas.be", ""}, {"aguea.com", ""}, {"antisearch.net", ""}, {"belnieuws.be", ""}, {"bluehit.fr", ""},
	{"bonweb.com", ""}, {"class.hit-parade.com", "hit-parade"}, {"club-internet.fr", ""}, {"dartybox.com", ""}, {"dazoo.fr", ""},
	{"editus.lu", ""}, {"exalead.fr", "exalead"}, {"francesearch.fr", ""}, {"francite.com", "francite"}, {"free.fr", "free"},
	{"gooster.fr", ""}, {"hit-parade.com", "hit-parade"}, {"hooseek.com", ""}, {"lemoteur.fr", "orange"},
	{"lemoteur.orange.fr", "orange"}, {"lo.st", ""}, {"luxweb.lu", ""}, {"moteur.voila.fr", "voila"}, {"mozbot.*", ""},
	{"neuf.fr", "sfr"}, {"nomade.fr", ""}, {"onvasortir.com/recherche", ""}, {"orange.fr", "orange"},
	{"pagesjaunes.fr/recherche", ""}, {"premiumsearch.fr", ""}, {"premsgo.fr", ""}, {"recherche.aol.fr", "aol"},
	{"recherche.club-internet.fr", ""}, {"recherche.francite.com", "francite"}, {"recherche.tv-orange.fr", ""},
	{"req.-hit-parade.com", "hit-parade"}, {"req.hit-parade.com", "hit-parade"}, {"rws.search.ke.voila.fr", "voila"},
	{"search.free.fr", "free"}, {"search.ke.voila.fr", "voila"}, {"search.skynet.be", "skynet"},
	{"search.sympatico.msn.ca", "sympatico"}, {"searchy.co.uk", ""}, {"sfr.fr/recherche", "sfr"}, {"skynet.be", "skynet"},
	{"sympatico.ca", "sympatico"}, {"sympatico.msn.ca", "sympatico"}, {"toile.com", ""}, {"trouvez.com", ""}, {"veosearch.com", ""},
	{"vinden.be", ""}, {"voila.fr", "voila"}, {"weborama.com", ""}, {"weborama.fr", ""}, {"x-recherche.com", ""}, {"yougoo.fr", ""},
	{"zoohoo.cz", ""},

	// Netherlands
	{"detelefoongids.nl", ""}, {"goudengids.nl", ""}, {"home.nl/zoeken", ""}, {"ilse.nl", "ilse"}, {"kobala.nl", ""},
	{"search.ilse.nl", "ilse"}, {"search.planet.nl", ""}, {"search.zonnet.nl", ""}, {"startgoogle.startpagina.nl", "startpagina"},
	{"startpagina.nl", "startpagina"}, {"track.nl", ""}, {"vinden.nl", ""}, {"vindex.nl", ""}, {"vinditnu.nl", ""}, {"zoek.nl", ""},
	{"zoeken.nl", ""},

	// United Kingdom, Ireland
	{"192.com", ""}, {"blueyonder.co.uk", ""}, {"freeserve.com", ""}, {"mirago.*", "mirago"}, {"scoot.co.uk", ""},
	{"search.ntlworld.com", "virgin_media"}, {"search.o2.co.uk", "o2"}, {"search.orange.co.uk", "orange"},
	{"search.virginmedia.com", "virgin_media"}, {"splut.com", ""}, {"swiggle.org.uk", "swiggle"}, {"talktalk.co.uk", "talktalk"},
	{"thomsonlocal.com", ""}, {"tiscali.co.uk", "tiscali"}, {"touchlocal.com", ""}, {"ukdirectory.co.uk", ""}, {"ukplus.co.uk", ""},
	{"wanadoo.co.uk", "orange"}, {"yell.com", ""},

	// Italy
	{"alice.it", "alice"}, {"arianna.libero.it", "libero"}, {"godado.com", ""}, {"godado.it", ""}, {"iltrovatore.it", ""},
	{"istella.it", "istella"}, {"jumpy.it", ""}, {"kataweb.it", "kataweb"}, {"libero.it", "libero"}, {"paginebianche.it", ""},
	{"paginegialle.it", ""}, {"ricerca.libero.it", "libero"}, {"ricercahits.it", ""}, {"rossoalice.alice.it", "alice"},
	{"search-dyn.tiscali.it", "tiscali"}, {"search.alice.it", "alice"}, {"search.tiscali.it", "tiscali"}, {"supereva.it", ""},
	{"thinkfind.it", ""}, {"tiscali.it", "tiscali"}, {"virgilio.*", "virgilio"}, {"volunia.com", ""},

	// Spain, Portugal
	{"aeiou.pt", ""}, {"ariadna.elmundo.es", ""}, {"biwe.es", ""}, {"buscador.movistar.es", "movistar"},
	{"buscador.terra.es", "terra"}, {"buscapalabra.com", ""}, {"buscar.hispavista.com", "hispavista"}, {"buscar.ya.com", "ya.com"},
	{"clix.pt", ""}, {"elbuscador.com", ""}, {"gallego.com", ""}, {"hispavista.com", "hispavista"}, {"iol.pt", ""}, {"olé.es", ""},
	{"ozu.es", ""}, {"paginasamarillas.es", ""}, {"pai.pt", ""}, {"pesquisa.sapo.pt", "sapo"}, {"sapo.pt", "sapo"},
	{"terra.*", "terra"}, {"trovator.com", ""}, {"vaiseguro.pt", ""}, {"ya.com", "ya.com"},

	// Scandinavia, Finland, Iceland, the Baltics
	{"1182.ee", ""}, {"1188.lv", ""}, {"1881.no", ""}, {"abcsok.no", "startsiden"}, {"allaverksamheter.se", ""},
	{"degulesider.dk", ""}, {"embla.is", ""}, {"evreka.fi", ""}, {"evreka.se", ""}, {"find.fi", ""}, {"findhurtig.dk", ""},
	{"fonecta.fi", ""}, {"forbrugere.dk", ""}, {"gulesider.no", ""}, {"haku.fi", ""}, {"hitta.se", "hitta"}, {"ihmemaa.net", ""},
	{"ja.is", ""}, {"jubii.*", "jubii"}, {"jubii.dk", "jubii"}, {"krak.dk", "eniro"}, {"kvasir.dk", ""}, {"kvasir.no", "kvasir"},
	{"leit.is", "leit.is"}, {"lokaldelen.se", ""}, {"meklet.lv", ""}, {"neti.ee", "neti"}, {"ofir.dk", ""}, {"on.lt", ""},
	{"opasia.dk", ""}, {"otsing.delfi.ee", "delfi"}, {"otsing.ee", ""}, {"passagen.se", "eniro"}, {"search.delfi.lt", "delfi"},
	{"search.delfi.lv", "delfi"}, {"search.lt", ""}, {"seek.fi", ""}, {"sesam.no", "sesam"}, {"sesam.se", "sesam"},
	{"siets.lv", ""}, {"soeg.dk", ""}, {"sok.no", ""}, {"sol.dk", ""}, {"spray.se", "spray"}, {"startsiden.no", "startsiden"},
	{"suche.comhem.se", "comhem"}, {"tdconline.dk", ""}, {"ungasok.se", ""}, {"vinden.no", ""}, {"www.fi", "www.fi"},
	{"zebra.lt", ""},

	// Poland
	{"emulti.pl", ""}, {"gery.pl", ""}, {"google.interia.pl", "interia"}, {"google.wp.pl", "wp"}, {"gooru.pl", ""}, {"hoga.pl", ""},
	{"interia.pl", "interia"}, {"ithaki.net", ""}, {"katalog.onet.pl", "onet"}, {"netsprint.pl", "netsprint"},
	{"netsprint.wp.pl", "netsprint"}, {"o2.pl/szukaj", "o2"}, {"onet.pl", "onet"}, {"panoramafirm.pl", ""}, {"pkt.pl", ""},
	{"search.tlen.pl", "o2"}, {"szukacz.pl", "szukacz"}, {"szukaj.com", ""}, {"szukaj.gazeta.pl", "gazeta"},
	{"szukaj.onet.pl", "onet"}, {"szukaj.wp.pl", "wp"}, {"tlen.pl", "o2"}, {"wp.pl", "wp"},

	// Czechia, Slovakia
	{"1188.cz", "jyxo"}, {"atlas.cz", "atlas"}, {"atlas.sk", "atlas"}, {"azet.sk", "azet"}, {"best.sk", ""}, {"caramba.cz", ""},
	{"centrum.cz", "centrum"}, {"centrum.sk", "centrum"}, {"eurosearch.cz", ""}, {"firmy.cz", "seznam"},
	{"fulltext.seznam.cz", "seznam"}, {"jyxo.*", "jyxo"}, {"jyxo.1188.cz", "jyxo"}, {"kompas.sk", ""}, {"mapy.com", "seznam"},
	{"mapy.cz", "seznam"}, {"morfeo.centrum.cz", "centrum"}, {"morfeo.cz", "centrum"}, {"najdi.to", ""}, {"obchody.cz", ""},
	{"opendir.cz", ""}, {"quick.cz", "quick"}, {"search.seznam.cz", "seznam"}, {"searchatlas.centrum.cz", "centrum"},
	{"seznam.*", "seznam"}, {"superzoznam.sk", ""}, {"surf.sk", ""}, {"tiscali.cz", "tiscali"}, {"volny.cz", "volny"},
	{"zlatestranky.cz", ""}, {"zoznam.sk", "zoznam"},

	// Hungary, Romania, Bulgaria, the Balkans, Greece
	{"acasa.ro", ""}, {"anazitisi.gr", ""}, {"apropo.ro", ""}, {"cross.hr", ""}, {"dir.bg", "dir.bg"}, {"find.in.gr", "in.gr"},
	{"gogreece.com", ""}, {"goliat.hu", ""}, {"gyuvetch.bg", ""}, {"heureka.hu", ""}, {"home.ro", ""}, {"in.gr", "in.gr"},
	{"jabse.com", ""}, {"johu.hu", ""}, {"kajmak.me", ""}, {"kereso.startlap.hu", ""}, {"krstarica.com", "krstarica"},
	{"kurzor.hu", ""}, {"lap.hu", ""}, {"matkurja.com", ""}, {"miner.hu", ""}, {"najdi.si", "najdi.si"}, {"ok.hu", ""},
	{"pathfinder.gr", "pathfinder"}, {"phantis.com", ""}, {"pogodak.*", "pogodak"}, {"polymeta.hu", ""},
	{"pretraga.krstarica.com", "krstarica"}, {"robby.gr", ""}, {"rol.ro", ""}, {"search.dir.bg", "dir.bg"}, {"slowwwenia.com", ""},
	{"startlap.hu", ""}, {"tango.hu", ""}, {"vizsla.hu", "vizsla"}, {"vizsla.origo.hu", "vizsla"}, {"xo.gr", ""},
	{"zoo.gr/search", ""},

	// Russia, Ukraine, Belarus, the Caucasus, Central Asia
	{"2gis.*", "2gis"}, {"2gis.ru", "2gis"}, {"akavita.by", ""}, {"akavita.com", ""}, {"all.by", ""}, {"aport.ru", "aport"},
	{"bigmir.net", "bigmir"}, {"circle.am", ""}, {"conduit.ru", ""}, {"go.mail.ru", "mail.ru"}, {"gogo.ru", "gogo"},
	{"holms.ru", ""}, {"i.ua", "i.ua"}, {"kaz.kz", ""}, {"km.ru", "km.ru"}, {"list.mail.ru", ""}, {"liveinternet.ru/q", ""},
	{"m.mail.ru", "mail.ru"}, {"mail.ru", "mail.ru"}, {"meta.ua", "meta.ua"}, {"metabot.ru", "metabot"}, {"nigma.*", "nigma"},
	{"nigma.ru", "nigma"}, {"nova.rambler.ru", "rambler"}, {"nur.kz", ""}, {"online.ua", ""}, {"open.by", ""}, {"poisk.ru", ""},
	{"punto.ru", ""}, {"qip.ru", "qip"}, {"quintura.*", "quintura"}, {"rambler.*", "rambler"}, {"search.az", ""},
	{"search.bigmir.net", "bigmir"}, {"search.i.ua", "i.ua"}, {"search.list.ru", ""}, {"search.mail.ru", "mail.ru"},
	{"search.otvet.ru", ""}, {"search.qip.ru", "qip"}, {"search.rambler.ru", "rambler"}, {"search.tut.by", "tut.by"},
	{"sm.aport.ru", "aport"}, {"smartsearch.ru", ""}, {"sputnik.ru", "sputnik"}, {"tagoo.ru", ""}, {"topping.com.ua", ""},
	{"turtle.ru", ""}, {"tut.by", "tut.by"}, {"uaportal.com", ""}, {"uaz.com.ua", ""}, {"ukr.net/search", "ukr.net"},
	{"uz.www.uz", ""}, {"webalta.ru", "webalta"}, {"www.uz", ""}, {"yaca.yandex.ru", "yandex"}, {"zoneru.org", ""},

	// Turkey, Israel, Arab world, Iran
	{"arabul.com", ""}, {"araby.com", "araby"}, {"arama.com", ""}, {"arama.mynet.com", "mynet"}, {"ayna.com", "ayna"},
	{"egerin.com", ""}, {"geliyoo.com", "geliyoo"}, {"gerdoo.me", "gerdoo"}, {"maktoob.com", "yahoo"}, {"morfix.co.il", ""},
	{"mynet.com", "mynet"}, {"nana.co.il", ""}, {"nana10.co.il", ""}, {"netbul.com", ""}, {"onkosh.com", ""},
	{"parseek.com", "parseek"}, {"parsijoo.ir", "parsijoo"}, {"raddadi.com", ""}, {"rismoon.com", ""}, {"salam.ir", ""},
	{"search.walla.co.il", "walla"}, {"walla.co.il", "walla"}, {"yaani.com", "yaani"}, {"yaani.com.tr", "yaani"},
	{"yamli.com", "yamli"}, {"yooz.ir", "yooz"}, {"zarebin.ir", "zarebin"},

	// China, Taiwan, Hong Kong
	{"114so.cn", ""}, {"1616.net", ""}, {"2345.com", "2345"}, {"265.com", ""}, {"360.cn", "360"}, {"360sou.com", "360"},
	{"3721.com", "yahoo"}, {"chinaso.com", "chinaso"}, {"easou.com", "easou"}, {"hao.360.cn", "360"}, {"hao.360.com", "360"},
	{"hao123.com", "baidu"}, {"haosou.com", "360"}, {"hinet.net", "hinet"}, {"i.easou.com", "easou"}, {"iask.com", "sina"},
	{"iask.sina.com.cn", "sina"}, {"jike.com", "jike"}, {"m.sm.cn", "shenma"}, {"m.so.com", "360"}, {"openfind.com.tw", "openfind"},
	{"panguso.com", "panguso"}, {"pchome.com.tw", "pchome"}, {"quark.cn", "quark"}, {"quark.sm.cn", "shenma"},
	{"roboo.com", "roboo"}, {"search.hinet.net", "hinet"}, {"search.pchome.com.tw", "pchome"}, {"search.sina.com.cn", "sina"},
	{"search.sohu.com", "sohu"}, {"search.yam.com", "yam"}, {"seednet.net.tw", ""}, {"sinobing.com", ""}, {"sm.cn", "shenma"},
	{"so.163.com", "youdao"}, {"so.2345.com", "2345"}, {"so.360.cn", "360"}, {"so.com", "360"}, {"so.douyin.com", "douyin"},
	{"so.m.sm.cn", "shenma"}, {"so.toutiao.com", "toutiao"}, {"sogou.*", "sogou"}, {"sogou.com", "sogou"}, {"soso.com", "soso"},
	{"timway.com", "timway"}, {"tom.com", "tom"}, {"toutiao.com/search", "toutiao"}, {"wap.sogou.com", "sogou"}, {"wukong.com", ""},
	{"www.hao123.com", "baidu"}, {"yam.com", "yam"}, {"yisou.com", "yisou"}, {"youdao.*", "youdao"}, {"youdao.com", "youdao"},
	{"zhongsou.com", "zhongsou"},

	// Japan
	{"auone.jp", "au"}, {"azby.search.nifty.com", "nifty"}, {"biglobe.ne.jp", "biglobe"}, {"ceek.jp", ""},
	{"cgi.search.biglobe.ne.jp", "biglobe"}, {"cybozu.net/search", ""}, {"docomo.ne.jp", "docomo"}, {"ezsch.ezweb.ne.jp", "au"},
	{"fresheye.com", "fresheye"}, {"froute.jp", "froute"}, {"goo.ne.jp", "goo"}, {"hatena.ne.jp/search", ""},
	{"infoseek.*", "infoseek"}, {"infoseek.co.jp", "infoseek"}, {"itot.jp", ""}, {"itpro.nikkeibp.co.jp/search", ""},
	{"jword.jp", "jword"}, {"jwsearch.jword.jp", "jword"}, {"kensaku.jp", ""}, {"luna.tv", "luna"}, {"mars.flag.jp", "marsflag"},
	{"marsflag.com", "marsflag"}, {"mooter.co.jp", ""}, {"navi.ocn.ne.jp", "ocn"}, {"nifty.com", "nifty"},
	{"ocnsearch.goo.ne.jp", "goo"}, {"search.auone.jp", "au"}, {"search.babylon.jp", ""}, {"search.biglobe.ne.jp", "biglobe"},
	{"search.ezweb.ne.jp", "au"}, {"search.fresheye.com", "fresheye"}, {"search.goo.ne.jp", "goo"}, {"search.hi-ho.ne.jp", ""},
	{"search.jword.jp", "jword"}, {"search.kinza.jp", ""}, {"search.livedoor.com", "livedoor"}, {"search.luna.tv", "luna"},
	{"search.mobile.goo.ne.jp", "goo"}, {"search.nifty.com", "nifty"}, {"search.ocn.ne.jp", "ocn"}, {"search.odn.ne.jp", "odn"},
	{"search.rakuten.co.jp", "rakuten"}, {"search.smt.docomo.ne.jp", "docomo"}, {"search.www.infoseek.co.jp", "infoseek"},
	{"search.yahoofs.jp", "yahoo"}, {"service.smt.docomo.ne.jp", "docomo"}, {"so-net.ne.jp", "so-net"},
	{"sp-search.auone.jp", "au"}, {"unisearch.jp", ""}, {"websearch.rakuten.co.jp", "rakuten"},
	{"websearch.rakuten.ne.jp", "rakuten"}, {"woopie.jp", "woopie"}, {"www.luna.tv", "luna"}, {"www.so-net.ne.jp", "so-net"},
	{"zenback.jp", ""},

	// Korea
	{"daum.net", "daum"}, {"dreamwiz.com", "dreamwiz"}, {"empas.com", "nate"}, {"korea.com", ""}, {"nate.com", "nate"},
	{"paran.com", "paran"}, {"search.daum.net", "daum"}, {"search.empas.com", "nate"}, {"search.nate.com", "nate"},
	{"search.zum.com", "zum"}, {"simmani.com", ""}, {"yahoo.co.kr", "yahoo"}, {"zum.com", "zum"},

	// India, South-East Asia, Australia, New Zealand, Africa
	{"aardvark.co.za", ""}, {"ananzi.co.za", "ananzi"}, {"anzwers.com.au", ""}, {"bigpond.com", "telstra"},
	{"coccoc.com", "coccoc"}, {"guruji.com", "guruji"}, {"jeeran.com/search", ""}, {"justdial.com", ""}, {"kapook.com", ""},
	{"khoj.com", ""}, {"ninemsn.com.au", "ninemsn"}, {"rediff.com", "rediff"}, {"sanook.com", "sanook"},
	{"search.coccoc.com", "coccoc"}, {"search.ninemsn.com.au", "ninemsn"}, {"search.nzs.com", ""}, {"search.rediff.com", "rediff"},
	{"search.sanook.com", "sanook"}, {"searchnz.co.nz", "searchnz"}, {"sensis.com.au", "sensis"}, {"siamguru.com", ""},
	{"socbay.com", "socbay"}, {"sulekha.com", ""}, {"timnhanh.com", ""}, {"truehits.net", ""}, {"truelocal.com.au", ""},
	{"webwombat.com.au", "web_wombat"}, {"whitepages.*", ""}, {"xalo.vn", ""}, {"yellowpages.*", ""}, {"yellowpages.com.au", ""},
	{"zing.vn/search", ""},

	// Latin America
	{"achei.com.br", ""}, {"aonde.com", ""}, {"aonde.com.br", ""}, {"auyantepui.com", ""}, {"bol.com.br", "bol"},
	{"bol.uol.com.br", "bol"}, {"busca.buscape.com.br", ""}, {"busca.globo.com", "globo"}, {"busca.ig.com.br", "ig"},
	{"busca.uol.com.br", "uol"}, {"buscador.clarin.com", "clarin"}, {"buscador.prodigy.msn.com", ""}, {"buscape.com.br", ""},
	{"buscar.emol.com", ""}, {"cade.com.br", "cade"}, {"cade.search.yahoo.com", "yahoo"}, {"conexcol.com", ""}, {"elsitio.com", ""},
	{"gigabusca.com.br", ""}, {"globo.com/busca", "globo"}, {"grippo.com", ""}, {"ig.com.br", "ig"}, {"miner.uol.com.br", "uol"},
	{"mundo.busca.uol.com.br", "uol"}, {"paginasamarillas.com", ""}, {"quepasa.com", ""}, {"radaruol.uol.com.br", "uol"},
	{"starmedia.com", "starmedia"}, {"todocl.cl", ""}, {"todocl.com", ""}, {"uai.com.br/busca", ""}, {"ubbi.com", ""},
	{"uol.com.br", "uol"}, {"zoom.com.br/search", ""},
}
