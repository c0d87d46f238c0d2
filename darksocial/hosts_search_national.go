package darksocial

// nationalSearchHosts are engines, directories and portals of one country or
// region: people came, and come, to them with a question.
var nationalSearchHosts = []host{
	// Germany, Austria, Switzerland
	{"11880.com", ""}, {"123people.*", ""}, {"abacho.*", "abacho"}, {"acoon.de", ""}, {"allesklar.de", ""}, {"apollo7.de", ""},
	{"arcor.de", ""}, {"austronaut.at", ""}, {"austrosearch.at", ""}, {"bellnet.de", ""}, {"benefind.de", ""},
	{"blinde-kuh.de", ""}, {"blindekuh.de", ""}, {"branchenbuch.de", ""}, {"crawler.de", ""}, {"dasoertliche.de", ""},
	{"dastelefonbuch.de", ""}, {"dino-online.de", ""}, {"eniro.*", "eniro"}, {"fastbot.de", ""}, {"fireball.com", "fireball"},
	{"fireball.de", "fireball"}, {"fixsuche.de", ""}, {"flix.de", ""}, {"forestle.org", "forestle"}, {"fragfinn.de", ""},
	{"gelbeseiten.de", ""}, {"golocal.de", ""}, {"goyellow.de", ""}, {"helles-koepfchen.de", ""}, {"herold.at", ""},
	{"infotiger.com", ""}, {"intersearch.*", ""}, {"jungle-spider.de", ""}, {"klicktel.de", ""}, {"klug-suchen.de", ""},
	{"local.ch", ""}, {"lotse.de", ""}, {"meinestadt.de", ""}, {"metasuchmaschine.de", ""}, {"mister-wong.*", "mister_wong"},
	{"multimeta.com", ""}, {"nachrichten.de", ""}, {"paperball.de", "paperball"}, {"paperball.fireball.de", "paperball"},
	{"peoplecheck.de", ""}, {"pointoo.de", ""}, {"qualigo.*", ""}, {"quendu.com", ""}, {"search.bluewin.ch", "bluewin"},
	{"search.ch", "search.ch"}, {"seekport.*", ""}, {"sharelook.*", ""}, {"sm.de", ""}, {"speedfind.de", ""},
	{"stadtbranchenbuch.com", ""}, {"startxxl.com", ""}, {"sucharchiv.com", ""}, {"suchbiene.de", ""}, {"suchbot.de", ""},
	{"suche.info", ""}, {"sucheinfo.de", ""}, {"suchen.at", ""}, {"suchen.de", ""}, {"suchfibel.de", ""}, {"suchmaschine.com", ""},
	{"suchnase.de", ""}, {"suchtreffer.de", ""}, {"tel.search.ch", ""}, {"teleauskunft.de", ""}, {"telefonbuch.de", ""},
	{"tiger.ch", ""}, {"tixuma.de", ""}, {"web-archiv.de", ""}, {"webfind.ch", ""}, {"webkatalog.de", ""}, {"witch.de", ""},
	{"yasni.*", "yasni"}, {"yellowmap.de", ""}, {"znout.org", ""},

	// France, Belgium, Luxembourg
	{"118000.fr", ""}, {"advalvas.be", ""}, {"aguea.com", ""}, {"antisearch.net", ""}, {"belnieuws.be", ""}, {"bonweb.com", ""},
	{"canoe.ca", "canoe"}, {"carrefour.net", ""}, {"cherchons.com", ""}, {"club-internet.fr", ""}, {"dazoo.fr", ""},
	{"ecila.fr", ""}, {"editus.lu", ""}, {"enfin.com", ""}, {"francite.com", "francite"}, {"goldenpages.be", ""},
	{"gooster.fr", ""}, {"goudengids.be", ""}, {"hit-parade.com", "hit-parade"}, {"hooseek.com", ""}, {"hotlinks.fr", ""},
	{"junglekey.*", ""}, {"lemoteur.fr", "orange"}, {"lo.st", ""}, {"lokace.com", ""}, {"luxweb.lu", ""}, {"moteur.fr", ""},
	{"mozbot.*", ""}, {"neuf.fr", "sfr"}, {"nomade.fr", ""}, {"orange.fr", "orange"}, {"pagesdor.be", ""}, {"premsgo.fr", ""},
	{"quoide9.fr", ""}, {"req.-hit-parade.com", "hit-parade"}, {"search.free.fr", "free"}, {"search.skynet.be", "skynet"},
	{"search1-1.free.fr", "free"}, {"search1-2.free.fr", "free"}, {"searchy.co.uk", ""}, {"seek.fr", ""},
	{"sympatico.msn.ca", "sympatico"}, {"toile.com", ""}, {"toile.qc.ca", ""}, {"trouvez.com", ""}, {"veosearch.com", ""},
	{"vinden.be", ""}, {"voila.fr", "voila"}, {"weborama.com", ""}, {"weborama.fr", ""}, {"x-recherche.com", ""}, {"yatedo.*", ""},
	{"yougoo.fr", ""},

	// Netherlands
	{"davindi.nl", ""}, {"detelefoongids.nl", ""}, {"goudengids.nl", ""}, {"ilse.nl", "ilse"}, {"kobala.nl", ""},
	{"nationaletelefoongids.nl", ""}, {"search.chello.nl", "chello"}, {"startpagina.be", ""}, {"startpagina.nl", "startpagina"},
	{"telefoonboek.nl", ""}, {"track.nl", ""}, {"vinden.nl", ""}, {"vindex.nl", ""}, {"vinditnu.nl", ""}, {"web.nl", ""},
	{"zoek.nl", ""}, {"zoeken.nl", ""}, {"zoekmachine.nl", ""},

	// United Kingdom, Ireland
	{"192.com", ""}, {"abrexa.co.uk", ""}, {"freeindex.co.uk", ""}, {"goldenpages.ie", ""}, {"kellysearch.*", ""},
	{"mirago.*", "mirago"}, {"scoot.co.uk", ""}, {"search.ntlworld.com", "virgin_media"}, {"search.o2.co.uk", "o2"},
	{"search.orange.co.uk", "orange"}, {"search.virginmedia.com", "virgin_media"}, {"searcheurope.com", ""}, {"searchuk.com", ""},
	{"splut.com", ""}, {"swiggle.org.uk", "swiggle"}, {"talktalk.co.uk", "talktalk"}, {"thomsonlocal.com", ""},
	{"tiscali.co.uk", "tiscali"}, {"touchlocal.com", ""}, {"ukdirectory.co.uk", ""}, {"ukonline.co.uk", ""}, {"ukplus.co.uk", ""},
	{"webwombat.com", ""}, {"yell.com", ""},

	// Italy
	{"alice.it", "alice"}, {"arianna.it", "libero"}, {"ariannaonline.it", "libero"}, {"ciaoweb.it", ""}, {"cuor.it", ""},
	{"godado.com", ""}, {"godado.it", ""}, {"iltrovatore.it", ""}, {"iol.it", "libero"}, {"istella.it", "istella"},
	{"janas.it", ""}, {"jumpy.it", ""}, {"kataweb.it", "kataweb"}, {"libero.it", "libero"}, {"paginebianche.it", ""},
	{"paginegialle.it", ""}, {"ricercahits.it", ""}, {"supereva.it", ""}, {"teecno.it", ""}, {"thinkfind.it", ""},
	{"tiscali.it", "tiscali"}, {"trovarapido.com", ""}, {"virgilio.*", "virgilio"}, {"volunia.com", ""},

	// Spain, Portugal
	{"11888.es", ""}, {"aeiou.pt", ""}, {"apali.com", ""}, {"ariadna.elmundo.es", ""}, {"biwe.es", ""},
	{"buscador.movistar.es", "movistar"}, {"buscopio.net", ""}, {"cibercentro.com", ""}, {"clix.pt", ""}, {"elbuscador.com", ""},
	{"hispavista.com", "hispavista"}, {"iol.pt", ""}, {"ozu.es", ""}, {"paginasamarillas.es", ""}, {"pai.pt", ""}, {"qdq.com", ""},
	{"sapo.pt", "sapo"}, {"terra.*", "terra"}, {"trovator.com", ""}, {"tumba.pt", ""}, {"ya.com", "ya.com"},

	// Scandinavia, Finland, Iceland, the Baltics
	{"02.fi", ""}, {"118.dk", ""}, {"1182.ee", ""}, {"118700.se", ""}, {"1188.lv", ""}, {"1881.no", ""},
	{"abcsok.no", "startsiden"}, {"allaverksamheter.se", ""}, {"apollo.lv", ""}, {"degulesider.dk", ""}, {"embla.is", ""},
	{"evreka.fi", ""}, {"evreka.se", ""}, {"find.fi", ""}, {"findhurtig.dk", ""}, {"fonecta.fi", ""}, {"gulasidorna.se", ""},
	{"gulesider.no", ""}, {"gulex.no", ""}, {"haku.fi", ""}, {"haku.suomi24.fi", "suomi24"}, {"hitta.se", "hitta"},
	{"ihmemaa.net", ""}, {"ja.is", ""}, {"jubii.*", "jubii"}, {"keltaisetsivut.fi", ""}, {"krak.dk", "eniro"}, {"kvasir.dk", ""},
	{"kvasir.no", "kvasir"}, {"latne.lv", ""}, {"leit.is", "leit.is"}, {"lokaldelen.se", ""}, {"maailm.com", ""}, {"meklet.lv", ""},
	{"neti.ee", "neti"}, {"ofir.dk", ""}, {"on.lt", ""}, {"online.no", "telenor"}, {"opasia.dk", ""}, {"otsing.delfi.ee", "delfi"},
	{"otsing.ee", ""}, {"passagen.se", "eniro"}, {"search.delfi.lt", "delfi"}, {"search.delfi.lv", "delfi"}, {"search.lt", ""},
	{"search.suomi24.fi", "suomi24"}, {"seek.fi", ""}, {"sesam.no", "sesam"}, {"sesam.se", "sesam"}, {"siets.lv", ""},
	{"soeg.dk", ""}, {"sol.dk", ""}, {"sol.no", "sol"}, {"spray.se", "spray"}, {"start.no", ""}, {"startsiden.no", "startsiden"},
	{"tdconline.dk", ""}, {"telefonkatalogen.no", ""}, {"www.ee", ""}, {"www.fi", "www.fi"}, {"zebra.lt", ""},

	// Poland
	{"arena.pl", ""}, {"emulti.pl", ""}, {"gery.pl", ""}, {"google.o2.pl", "o2"}, {"gooru.pl", ""}, {"hoga.pl", ""},
	{"infoseek.pl", ""}, {"interia.pl", "interia"}, {"ithaki.net", ""}, {"katalog.pf.pl", ""}, {"netoskop.pl", ""},
	{"netsprint.pl", "netsprint"}, {"netsprint.wp.pl", "netsprint"}, {"onet.pl", "onet"}, {"panoramafirm.pl", ""}, {"pkt.pl", ""},
	{"szukacz.pl", "szukacz"}, {"szukaj.com", ""}, {"szukaj.gazeta.pl", "gazeta"}, {"szukaj.o2.pl", "o2"}, {"szukaj.pl", ""},
	{"tlen.pl", "o2"}, {"wp.pl", "wp"},

	// Czechia, Slovakia
	{"1.cz", ""}, {"1188.cz", "jyxo"}, {"atlas.cz", "atlas"}, {"atlas.sk", "atlas"}, {"azet.sk", "azet"}, {"best.sk", ""},
	{"caramba.cz", ""}, {"centrum.cz", "centrum"}, {"centrum.sk", "centrum"}, {"firmy.cz", "seznam"}, {"hledejceny.cz", ""},
	{"jyxo.*", "jyxo"}, {"kompas.sk", ""}, {"mapy.com", "seznam"}, {"mapy.cz", "seznam"}, {"morfeo.cz", "centrum"},
	{"obrazky.cz", "seznam"}, {"quick.cz", "quick"}, {"redbox.cz", ""}, {"seznam.*", "seznam"}, {"superzoznam.sk", ""},
	{"surf.sk", ""}, {"tiscali.cz", "tiscali"}, {"zbozi.cz", "seznam"}, {"zlatestranky.cz", ""}, {"zlatestranky.sk", ""},
	{"zoohoo.cz", ""}, {"zoznam.sk", "zoznam"},

	// Hungary, Romania, Bulgaria, the Balkans, Greece
	{"11888.gr", ""}, {"acasa.ro", ""}, {"altavizsla.hu", "vizsla"}, {"anazitisi.gr", ""}, {"apropo.ro", ""}, {"cross.hr", ""},
	{"dir.bg", "dir.bg"}, {"gbg.bg", ""}, {"gogreece.com", ""}, {"goliat.hu", ""}, {"gyuvetch.bg", ""}, {"heureka.hu", ""},
	{"in.gr", "in.gr"}, {"jabse.com", ""}, {"johu.hu", ""}, {"krstarica.com", "krstarica"}, {"kurzor.hu", ""}, {"lap.hu", ""},
	{"matkurja.com", ""}, {"miner.hu", ""}, {"najdi.si", "najdi.si"}, {"pathfinder.gr", "pathfinder"}, {"phantis.com", ""},
	{"pogodak.*", "pogodak"}, {"polymeta.hu", ""}, {"robby.gr", ""}, {"search.bg", ""}, {"slowwwenia.com", ""}, {"startlap.hu", ""},
	{"tango.hu", ""}, {"vizsla.hu", "vizsla"}, {"vizsla.origo.hu", "vizsla"}, {"vriskos.gr", ""}, {"xo.gr", ""},

	// Russia, Ukraine, Belarus, the Caucasus, Central Asia
	{"2gis.*", "2gis"}, {"akavita.by", ""}, {"akavita.com", ""}, {"all.by", ""}, {"aport.ru", "aport"}, {"avantfind.ru", ""},
	{"bigmir.net", "bigmir"}, {"filesearch.ru", ""}, {"gde.ru", ""}, {"go.mail.ru", "mail.ru"}, {"gogo.ru", "gogo"},
	{"holmes.ge", ""}, {"holms.ru", ""}, {"i.ua", "i.ua"}, {"kaz.kz", ""}, {"km.ru", "km.ru"}, {"list.mail.ru", ""},
	{"mail.ru", "mail.ru"}, {"mamont.ru", ""}, {"meta-ukraine.com", "meta.ua"}, {"meta.ua", "meta.ua"}, {"metabot.ru", "metabot"},
	{"nigma.*", "nigma"}, {"nur.kz", ""}, {"online.ua", ""}, {"open.by", ""}, {"poisk.ru", ""}, {"punto.ru", ""}, {"qip.ru", "qip"},
	{"quintura.*", "quintura"}, {"rambler.*", "rambler"}, {"search.ua", ""}, {"shukalka.com.ua", ""}, {"sputnik.ru", "sputnik"},
	{"tagoo.ru", ""}, {"turtle.ru", ""}, {"tut.by", "tut.by"}, {"uaportal.com", ""}, {"webalta.ru", "webalta"}, {"www.uz", ""},
	{"zoneru.org", ""},

	// Turkey, Israel, Arab world, Iran
	{"alhea.com", ""}, {"arabo.com", ""}, {"arabul.com", ""}, {"araby.com", "araby"}, {"arama.com", ""}, {"ayna.com", "ayna"},
	{"bulurum.com", ""}, {"d.co.il", ""}, {"egerin.com", ""}, {"geliyoo.com", "geliyoo"}, {"gerdoo.me", "gerdoo"},
	{"maktoob.com", "yahoo"}, {"morfix.co.il", ""}, {"mynet.com", "mynet"}, {"nana.co.il", ""}, {"nana10.co.il", ""},
	{"netbul.com", ""}, {"onkosh.com", ""}, {"parseek.com", "parseek"}, {"parsijoo.ir", "parsijoo"}, {"raddadi.com", ""},
	{"rismoon.com", ""}, {"salam.ir", ""}, {"walla.co.il", "walla"}, {"yaani.com", "yaani"}, {"yaani.com.tr", "yaani"},
	{"yamli.com", "yamli"}, {"yooz.ir", "yooz"}, {"zarebin.ir", "zarebin"},

	// China, Taiwan, Hong Kong
	{"114.vnet.cn", ""}, {"114so.cn", ""}, {"1616.net", ""}, {"2345.com", "2345"}, {"265.com", ""}, {"360.cn", "360"},
	{"360sou.com", "360"}, {"3721.com", "yahoo"}, {"3721.net", ""}, {"5566.net", ""}, {"accoona.cn", ""},
	{"chinaso.com", "chinaso"}, {"easou.com", "easou"}, {"go.uc.cn", "uc"}, {"gougou.com", ""}, {"hao.360.com", "360"},
	{"hao.uc.cn", "uc"}, {"hao123.com", "baidu"}, {"haosou.com", "360"}, {"iask.com", "sina"}, {"iask.sina.com.cn", "sina"},
	{"jike.com", "jike"}, {"kimo.com.tw", "yahoo"}, {"openfind.com", "openfind"}, {"openfind.com.tw", "openfind"},
	{"panguso.com", "panguso"}, {"pchome.com.tw", "pchome"}, {"qihoo.com", "360"}, {"quark.cn", "quark"}, {"roboo.com", "roboo"},
	{"search.hinet.net", "hinet"}, {"search.sina.com.cn", "sina"}, {"search.sohu.com", "sohu"}, {"sm.cn", "shenma"},
	{"so.163.com", "youdao"}, {"so.com", "360"}, {"so.douyin.com", "douyin"}, {"so.toutiao.com", "toutiao"}, {"so.uc.cn", "uc"},
	{"sogo.com", "sogou"}, {"sogou.*", "sogou"}, {"soku.com", "youku"}, {"sooopu.com", ""}, {"soopat.com", ""},
	{"soso.com", "soso"}, {"sowang.com", ""}, {"timway.com", "timway"}, {"tom.com", "tom"}, {"wukong.com", ""}, {"yam.com", "yam"},
	{"yisou.com", "yisou"}, {"youdao.*", "youdao"}, {"zhongsou.com", "zhongsou"}, {"zhongsou.net", "zhongsou"},

	// Japan
	{"auone.jp", "au"}, {"biglobe.ne.jp", "biglobe"}, {"ceek.jp", ""}, {"ezsch.ezweb.ne.jp", "au"}, {"fresheye.com", "fresheye"},
	{"froute.jp", "froute"}, {"goo.ne.jp", "goo"}, {"infoseek.*", "infoseek"}, {"itp.ne.jp", ""}, {"jword.jp", "jword"},
	{"kensaku.jp", ""}, {"luna.tv", "luna"}, {"marsflag.com", "marsflag"}, {"mooter.co.jp", ""}, {"navi.ocn.ne.jp", "ocn"},
	{"nifty.com", "nifty"}, {"search.dion.ne.jp", "au"}, {"search.ezweb.ne.jp", "au"}, {"search.fenrir-inc.com", "sleipnir"},
	{"search.kingsoft.jp", "kingsoft"}, {"search.livedoor.com", "livedoor"}, {"search.ocn.ne.jp", "ocn"},
	{"search.odn.ne.jp", "odn"}, {"search.rakuten.co.jp", "rakuten"}, {"search.smt.docomo.ne.jp", "docomo"},
	{"service.smt.docomo.ne.jp", "docomo"}, {"websearch.rakuten.co.jp", "rakuten"}, {"websearch.rakuten.ne.jp", "rakuten"},
	{"woopie.jp", "woopie"}, {"www.so-net.ne.jp", "so-net"},

	// Korea
	{"chollian.net", ""}, {"daum.net", "daum"}, {"dreamwiz.com", "dreamwiz"}, {"empas.com", "nate"}, {"hanafos.com", ""},
	{"nate.com", "nate"}, {"netian.com", ""}, {"paran.com", "paran"}, {"simmani.com", ""}, {"zum.com", "zum"},

	// India, South-East Asia, Australia, New Zealand, Africa
	{"123india.com", ""}, {"123khoj.com", ""}, {"aardvark.co.za", ""}, {"accessnz.co.nz", ""}, {"ananzi.co.za", "ananzi"},
	{"anzwers.com.au", ""}, {"asklaila.com", ""}, {"bigpond.com", "telstra"}, {"bixee.com", ""}, {"cari.com.my", ""},
	{"catcha.com", ""}, {"coccoc.com", "coccoc"}, {"epilot.com", ""}, {"finda.co.nz", ""}, {"guruji.com", "guruji"},
	{"indiainfo.com", ""}, {"khoj.com", ""}, {"ninemsn.com.au", "ninemsn"}, {"nzs.com", ""}, {"rediff.com", "rediff"},
	{"sanook.com", "sanook"}, {"searchindonesia.com", ""}, {"searchnz.co.nz", "searchnz"}, {"sensis.com.au", "sensis"},
	{"siamguru.com", ""}, {"sify.com", "sify"}, {"skali.com", ""}, {"socbay.com", "socbay"}, {"timnhanh.com", ""},
	{"truelocal.com.au", ""}, {"vinaseek.com", ""}, {"wada.vn", "wada"}, {"webwombat.com.au", "web_wombat"},
	{"westaustraliaonline.com", ""}, {"whitepages.*", ""}, {"xalo.vn", ""}, {"yellow.co.nz", ""}, {"yellowpages.*", ""},

	// Latin America
	{"achei.com.br", ""}, {"aonde.com", ""}, {"aonde.com.br", ""}, {"apontador.com.br", ""}, {"auyantepui.com", ""},
	{"bol.com.br", "bol"}, {"bol.uol.com.br", "bol"}, {"busca.globo.com", "globo"}, {"buscador.clarin.com", "clarin"},
	{"buscador.prodigy.msn.com", ""}, {"buscape.com.br", ""}, {"cade.com.br", "cade"}, {"conexcol.com", ""}, {"elsitio.com", ""},
	{"gauchonet.com", ""}, {"gigabusca.com.br", ""}, {"grippo.com", ""}, {"guiamais.com.br", ""}, {"ig.com.br", "ig"},
	{"mexicoglobal.com", ""}, {"mexmaster.com", ""}, {"paginasamarillas.com", ""}, {"quepasa.com", "quepasa"}, {"radix.com.br", ""},
	{"starmedia.com", "starmedia"}, {"telelistas.net", ""}, {"todobr.com.br", ""}, {"todocl.cl", ""}, {"todocl.com", ""},
	{"ubbi.com", ""}, {"uol.com.br", "uol"}, {"uolsinectis.com.ar", ""}, {"yagua.com", ""}, {"zeek.com.br", ""},
}
