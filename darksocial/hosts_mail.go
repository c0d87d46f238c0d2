package darksocial

// mailHosts are mailboxes in the browser, and the redirectors mailboxes put
// before the links in a mail. Who reads a mail there got it from a person or
// from a newsletter; newsletters that mind tag their links.
var mailHosts = []host{
	// Google, Microsoft, Yahoo, AOL, Apple
	{"gmail.*", "gmail"}, {"googlemail.com", "gmail"}, {"hotmail.*", "outlook"}, {"icloud.com/mail", "icloud_mail"},
	{"inbox.google.com", "gmail"}, {"login.microsoftonline.com/owa", "outlook"}, {"mail.aol.*", "aol_mail"},
	{"mail.google.*", "gmail"}, {"mail.live.com", "outlook"}, {"mail.mac.com", "icloud_mail"}, {"mail.me.com", "icloud_mail"},
	{"mail.office365.com", "outlook"}, {"mail.yahoo.*", "yahoo_mail"}, {"mail.yahoo.co.jp", "yahoo_mail"},
	{"mail.yahoo.net", "yahoo_mail"}, {"mymail.aol.com", "aol_mail"}, {"outlook.cloud.microsoft", "outlook"},
	{"outlook.com", "outlook"}, {"outlook.de", "outlook"}, {"outlook.live.com", "outlook"}, {"outlook.office.com", "outlook"},
	{"outlook.office365.com", "outlook"}, {"outlook.office365.us", "outlook"}, {"safelinks.protection.outlook.com", "outlook"},
	{"webmail.aol.com", "aol_mail"}, {"www.icloud.com/mail", "icloud_mail"}, {"ymail.com", "yahoo_mail"},

	// Germany: GMX, WEB.DE, 1&1, IONOS, Telekom, freenet and others
	{"3c-bap.gmx.*", "gmx"}, {"3c-bap.web.de", "web.de"}, {"3c-bs.gmx.*", "gmx"}, {"3c-bs.web.de", "web.de"},
	{"3c-lxa.mail.com", "mail.com"}, {"3c-lxa.web.de", "web.de"}, {"3c.gmx.*", "gmx"}, {"3c.web.de", "web.de"},
	{"app.mailbox.org", "mailbox.org"}, {"app.tuta.com", "tuta"}, {"communicator.strato.*", "strato"},
	{"deref-1und1-02.de", "1und1"}, {"deref-1und1.de", "1und1"}, {"deref-gmx.*", "gmx"}, {"deref-mail.com", "mail.com"},
	{"deref-web-02.de", "web.de"}, {"deref-web.de", "web.de"}, {"email.de", "web.de"}, {"email.freenet.de", "freenet"},
	{"email.ionos.*", "ionos"}, {"email.o2online.de", "o2"}, {"email.t-online.de", "t-online"}, {"email.vodafone.de", "vodafone"},
	{"exchange.ionos.*", "ionos"}, {"freemail.web.de", "web.de"}, {"hidrive.ionos.com/webmail", "ionos"},
	{"lightmailer-bap.gmx.*", "gmx"}, {"lightmailer-bap.web.de", "web.de"}, {"lightmailer-bs.gmx.*", "gmx"},
	{"lightmailer-bs.web.de", "web.de"}, {"lightmailer.gmx.*", "gmx"}, {"lightmailer.mail.com", "mail.com"},
	{"lightmailer.web.de", "web.de"}, {"m.freemail.web.de", "web.de"}, {"mail.1and1.*", "1und1"}, {"mail.1und1.de", "1und1"},
	{"mail.arcor.de", "vodafone"}, {"mail.com", "mail.com"}, {"mail.de", "mail.de"}, {"mail.directbox.com", ""},
	{"mail.ewe.net", ""}, {"mail.freenet.de", "freenet"}, {"mail.gmx.*", "gmx"}, {"mail.ionos.*", "ionos"},
	{"mail.kabelmail.de", "vodafone"}, {"mail.magenta.de", "t-online"}, {"mail.o2mail.de", "o2"}, {"mail.o2online.de", "o2"},
	{"mail.posteo.de", "posteo"}, {"mail.tutanota.com", "tuta"}, {"mail.unitymedia.de", "vodafone"},
	{"mail.vodafone.de", "vodafone"}, {"mailbox.org", "mailbox.org"}, {"mailbusiness.ionos.*", "ionos"},
	{"mailxchange.1und1.de", "1und1"}, {"navigator-lxa.mail.com", "mail.com"}, {"navigator.gmx.*", "gmx"},
	{"navigator.mail.com", "mail.com"}, {"navigator.web.de", "web.de"}, {"office.freenet.de", "freenet"},
	{"office.mailbox.org", "mailbox.org"}, {"posteo.de", "posteo"}, {"posteo.net", "posteo"}, {"tuta.com", "tuta"},
	{"tutanota.com", "tuta"}, {"tutanota.de", "tuta"}, {"webmail.1and1.*", "1und1"}, {"webmail.1und1.*", "1und1"},
	{"webmail.alice-dsl.de", ""}, {"webmail.all-inkl.com", ""}, {"webmail.arcor.de", "vodafone"}, {"webmail.df.eu", ""},
	{"webmail.ewe.net", ""}, {"webmail.freenet.de", "freenet"}, {"webmail.ionos.*", "ionos"}, {"webmail.netcologne.de", ""},
	{"webmail.strato.*", "strato"}, {"webmail.t-online.de", "t-online"}, {"webmail.vodafone.de", "vodafone"},
	{"webmail.your-server.de", ""}, {"webmailer.hosteurope.de", ""},

	// Austria, Switzerland
	{"basic.bluewin.ch", "bluewin"}, {"email.bluewin.ch", "bluewin"}, {"ksuite.infomaniak.com/mail", "infomaniak"},
	{"mail.a1.net", "a1"}, {"mail.bluewin.ch", "bluewin"}, {"mail.chello.at", ""}, {"mail.hispeed.ch", "upc"},
	{"mail.infomaniak.com", "infomaniak"}, {"mail.sunrise.ch", "sunrise"}, {"rich-v01.bluewin.ch", "bluewin"},
	{"rich-v02.bluewin.ch", "bluewin"}, {"rich-v03.bluewin.ch", "bluewin"}, {"rich-v04.bluewin.ch", "bluewin"},
	{"rich.bluewin.ch", "bluewin"}, {"webmail.a1.net", "a1"}, {"webmail.aon.at", "a1"}, {"webmail.bluewin.ch", "bluewin"},
	{"webmail.chello.at", ""}, {"webmail.drei.at", ""}, {"webmail.green.ch", ""}, {"webmail.hispeed.ch", "upc"},
	{"webmail.hostpoint.ch", ""}, {"webmail.infomaniak.com", "infomaniak"}, {"webmail.sunrise.ch", "sunrise"},
	{"xtrazone.sso.bluewin.ch", "bluewin"},

	// Private mail
	{"app.fastmail.com", "fastmail"}, {"app.hey.com", "hey"}, {"app.skiff.com", "skiff"}, {"disroot.org/webmail", ""},
	{"fastmail.com", "fastmail"}, {"fastmail.fm", "fastmail"}, {"hey.com", "hey"}, {"hushmail.com", "hushmail"},
	{"kolabnow.com", ""}, {"mail.disroot.org", ""}, {"mail.ovh.net", "ovh"}, {"mail.proton.me", "proton"},
	{"mail.protonmail.com", "proton"}, {"mail.riseup.net", "riseup"}, {"mail.skiff.com", "skiff"},
	{"mail.startmail.com", "startmail"}, {"mail.superhuman.com", "superhuman"}, {"mail.zoho.*", "zoho_mail"},
	{"mailfence.com", "mailfence"}, {"pm.me", "proton"}, {"proton.me", "proton"}, {"protonmail.ch", "proton"},
	{"protonmail.com", "proton"}, {"runbox.com", "runbox"}, {"startmail.com", "startmail"}, {"webmail.disroot.org", ""},
	{"webmail.gandi.net", "gandi"}, {"zmail.zoho.com", "zoho_mail"},

	// Hosting and office suites
	{"app.frontapp.com", ""}, {"app.titan.email", ""}, {"apps.rackspace.com", ""}, {"email.godaddy.com", "godaddy"},
	{"email.secureserver.net", "godaddy"}, {"mail.aruba.it", "aruba"}, {"mail.edison.tech", ""}, {"mail.missive.com", ""},
	{"mail.missiveapp.com", ""}, {"mail.one.com", ""}, {"mail.ovh.com", "ovh"}, {"mail.rackspace.com", ""},
	{"mail.shortwave.com", ""}, {"mail.spikenow.com", ""}, {"privateemail.com", ""}, {"pro1.mail.ovh.net", "ovh"},
	{"secureserver.net", "godaddy"}, {"ssl0.ovh.net", "ovh"}, {"titan.email", ""}, {"webmail.aruba.it", "aruba"},
	{"webmail.bluehost.com", ""}, {"webmail.dreamhost.com", ""}, {"webmail.emailsrvr.com", ""}, {"webmail.loopia.se", "loopia"},
	{"webmail.mail.ovh.net", "ovh"}, {"webmail.networksolutionsemail.com", ""}, {"webmail.one.com", ""},
	{"webmail.pec.it", "aruba"}, {"webmail.register.com", ""}, {"webmaildomini.aruba.it", "aruba"},

	// France, Belgium, Netherlands, Luxembourg
	{"caramail.com", "caramail"}, {"imp.free.fr", "free"}, {"laposte.net", "laposte"}, {"mail.bbox.fr", "bouygues"},
	{"mail.bouyguestelecom.fr", "bouygues"}, {"mail.free.fr", "free"}, {"mail.orange.fr", "orange"},
	{"mail.proximus.be", "proximus"}, {"mail.sfr.fr", "sfr"}, {"mail.telenet.be", "telenet"}, {"mail.upcmail.nl", "ziggo"},
	{"mail.ziggo.nl", "ziggo"}, {"mail01.orange.fr", "orange"}, {"mail02.orange.fr", "orange"}, {"mailo.com", "mailo"},
	{"messagerie-1.sfr.fr", "sfr"}, {"messagerie-2.sfr.fr", "sfr"}, {"messagerie.orange.fr", "orange"},
	{"messagerie.sfr.fr", "sfr"}, {"messageriepro3.orange.fr", "orange"}, {"orange.fr/webmail", "orange"},
	{"webmail.bbox.fr", "bouygues"}, {"webmail.bouyguestelecom.fr", "bouygues"}, {"webmail.caramail.com", "caramail"},
	{"webmail.free.fr", "free"}, {"webmail.hetnet.nl", "kpn"}, {"webmail.kpn.com", "kpn"}, {"webmail.kpnmail.nl", "kpn"},
	{"webmail.laposte.net", "laposte"}, {"webmail.mailo.com", "mailo"}, {"webmail.netcourrier.com", "mailo"},
	{"webmail.numericable.fr", "sfr"}, {"webmail.online.nl", ""}, {"webmail.orange.fr", "orange"}, {"webmail.planet.nl", "kpn"},
	{"webmail.post.lu", ""}, {"webmail.proximus.be", "proximus"}, {"webmail.pt.lu", ""}, {"webmail.sfr.fr", "sfr"},
	{"webmail.skynet.be", "proximus"}, {"webmail.solcon.nl", ""}, {"webmail.telenet.be", "telenet"}, {"webmail.telfort.nl", ""},
	{"webmail.upcmail.nl", "ziggo"}, {"webmail.voo.be", "voo"}, {"webmail.xs4all.nl", "xs4all"}, {"webmail.ziggo.nl", "ziggo"},
	{"zimbra.free.fr", "free"},

	// Italy, Spain, Portugal, Greece
	{"correo.movistar.es", "movistar"}, {"correo.ono.com", ""}, {"correo.orange.es", "orange"}, {"correo.terra.com", "terra"},
	{"email.it", "email.it"}, {"mail.alice.it", "tim"}, {"mail.in.gr", ""}, {"mail.libero.it", "libero"}, {"mail.sapo.pt", "sapo"},
	{"mail.tim.it", "tim"}, {"mail.tiscali.it", "tiscali"}, {"mail.virgilio.it", "virgilio"}, {"mail1.libero.it", "libero"},
	{"posta.libero.it", "libero"}, {"webmail.alice.it", "tim"}, {"webmail.fastwebnet.it", ""}, {"webmail.forthnet.gr", ""},
	{"webmail.inwind.it", "libero"}, {"webmail.libero.it", "libero"}, {"webmail.ono.com", ""}, {"webmail.orange.es", "orange"},
	{"webmail.otenet.gr", ""}, {"webmail.poste.it", ""}, {"webmail.sapo.pt", "sapo"}, {"webmail.telefonica.net", ""},
	{"webmail.tiscali.it", "tiscali"}, {"webmail.virgilio.it", "virgilio"}, {"webmail.vodafone.gr", "vodafone"},

	// United Kingdom, Ireland
	{"btmail.bt.com", "bt"}, {"email.bt.com", "bt"}, {"email.btinternet.com", "bt"}, {"email.ee.co.uk", "ee"},
	{"mail.bt.com", "bt"}, {"mail.btinternet.com", "bt"}, {"mail.eircom.net", "eir"}, {"mail.sky.com", "sky"},
	{"mail.talktalk.co.uk", "talktalk"}, {"mail.virginmedia.com", "virgin_media"}, {"mail2.virginmedia.com", "virgin_media"},
	{"signin1.bt.com/login/emailloginform", "bt"}, {"skyid.sky.com/mail", "sky"}, {"webmail.eir.ie", "eir"},
	{"webmail.eircom.net", "eir"}, {"webmail.orange.co.uk", "orange"}, {"webmail.plus.com", "plusnet"},
	{"webmail.plus.net", "plusnet"}, {"webmail.talktalk.co.uk", "talktalk"}, {"webmail.virgin.net", "virgin_media"},
	{"webmail.virginmedia.com", "virgin_media"},

	// Scandinavia, Finland, Baltics
	{"email.inbox.lv", "inbox.lv"}, {"epost.online.no", "telenor"}, {"epost.telenor.no", "telenor"}, {"inbox.eu", "inbox.lv"},
	{"inbox.lt", "inbox.lv"}, {"inbox.lv", "inbox.lv"}, {"mail.apollo.lv", ""}, {"mail.comhem.se", "comhem"}, {"mail.ee", ""},
	{"mail.hot.ee", ""}, {"mail.inbox.lt", "inbox.lv"}, {"mail.inbox.lv", "inbox.lv"}, {"mail.jubii.dk", ""},
	{"mail.luukku.com", "luukku"}, {"mail.one.lt", ""}, {"mail.suomi24.fi", ""}, {"webmail.altibox.no", ""},
	{"webmail.bredband.net", "telenor"}, {"webmail.comhem.se", "comhem"}, {"webmail.dnainternet.fi", ""},
	{"webmail.elisa.fi", "elisa"}, {"webmail.inet.fi", "telia"}, {"webmail.luukku.com", "luukku"}, {"webmail.stofanet.dk", ""},
	{"webmail.tdc.dk", ""}, {"webmail.tele2.se", ""}, {"webmail.telenor.no", "telenor"}, {"webmail.telenor.se", "telenor"},
	{"webmail.telia.com", "telia"}, {"webmail.youmail.dk", ""},

	// Poland, Czechia, Slovakia, Hungary, the Balkans
	{"abv.bg", "abv"}, {"amail.centrum.cz", "centrum_mail"}, {"citromail.hu", "citromail"}, {"email.seznam.cz", "seznam_email"},
	{"emaily.azet.sk", "azet"}, {"freemail.hu", "freemail.hu"}, {"indamail.hu", ""}, {"int.pl", "int.pl"}, {"mail.abv.bg", "abv"},
	{"mail.atlas.cz", "atlas_mail"}, {"mail.azet.sk", "azet"}, {"mail.bg", "mail.bg"}, {"mail.centrum.cz", "centrum_mail"},
	{"mail.centrum.sk", "centrum_mail"}, {"mail.dir.bg", ""}, {"mail.indamail.hu", ""}, {"mail.post.cz", ""}, {"mail.post.sk", ""},
	{"mail.seznam.cz", "seznam_email"}, {"mail.t-online.hu", ""}, {"mail.volny.cz", ""}, {"mail.zoznam.sk", ""},
	{"poczta.gazeta.pl", "gazeta_poczta"}, {"poczta.home.pl", "home.pl"}, {"poczta.int.pl", "int.pl"},
	{"poczta.interia.pl", "interia_poczta"}, {"poczta.nazwa.pl", "nazwa.pl"}, {"poczta.neostrada.pl", ""},
	{"poczta.o2.pl", "o2_poczta"}, {"poczta.onet.eu", "onet_poczta"}, {"poczta.onet.pl", "onet_poczta"},
	{"poczta.op.pl", "onet_poczta"}, {"poczta.wp.pl", "wp_poczta"}, {"prijava.siol.net", ""}, {"profil.wp.pl/poczta", "wp_poczta"},
	{"webmail.eunet.rs", ""}, {"webmail.siol.net", ""}, {"webmail.t-com.hr", ""}, {"webmail.tiscali.cz", ""},

	// Russia, Ukraine, Belarus
	{"account.mail.ru", "mail.ru"}, {"click.mail.ru", "mail.ru"}, {"e.mail.ru", "mail.ru"}, {"fromru.com", ""}, {"hotbox.ru", ""},
	{"inbox.ru", "mail.ru"}, {"land.ru", ""}, {"light.mail.ru", "mail.ru"}, {"m.mail.rambler.ru", "rambler_mail"},
	{"m.mail.ru/messages", "mail.ru"}, {"mail.bigmir.net", ""}, {"mail.i.ua", "i.ua"}, {"mail.km.ru", ""}, {"mail.kz", ""},
	{"mail.mail.by", ""}, {"mail.meta.ua", "meta.ua"}, {"mail.nextmail.ru", ""}, {"mail.online.ua", ""}, {"mail.pochta.ru", "qip"},
	{"mail.qip.ru", "qip"}, {"mail.rambler.ru", "rambler_mail"}, {"mail.tut.by", "tut.by"}, {"mail.ukr.net", "ukr.net"},
	{"mail.ya.ru", "yandex_mail"}, {"mail.yandex-team.ru", "yandex_mail"}, {"mail.yandex.*", "yandex_mail"}, {"mbox.i.ua", "i.ua"},
	{"mbox2.i.ua", "i.ua"}, {"newmail.ru", ""}, {"nm.ru", ""}, {"octavius.mail.ru", "mail.ru"}, {"pochta.ru", "qip"},
	{"post.ru", ""}, {"sibmail.com", ""}, {"tel.mail.ru", "mail.ru"}, {"touch.mail.ru", "mail.ru"}, {"webmail.meta.ua", "meta.ua"},
	{"win.mail.ru", "mail.ru"},

	// United States, Canada
	{"connect.xfinity.com", "xfinity"}, {"courrielweb.videotron.com", "videotron"}, {"currently.att.yahoo.com", "att"},
	{"inbox.com", "inbox.com"}, {"lavabit.com", ""}, {"mail.att.net", "att"}, {"mail.centurylink.net", ""},
	{"mail.charter.net", "spectrum"}, {"mail.comcast.net", "xfinity"}, {"mail.excite.com", ""}, {"mail.inbox.com", "inbox.com"},
	{"mail.lycos.com", ""}, {"mail.optimum.net", "optimum"}, {"mail.rogers.com", "rogers"}, {"mail.twc.com", "spectrum"},
	{"mail.zoominternet.net", ""}, {"mail2web.com", "mail2web"}, {"mail2world.com", ""}, {"mailcenter.comcast.net", "xfinity"},
	{"my.inbox.com", "inbox.com"}, {"myway.com/mail", ""}, {"web.mail.comcast.net", "xfinity"}, {"webmail.att.net", "att"},
	{"webmail.bell.net", "bell"}, {"webmail.centurylink.net", ""}, {"webmail.cogeco.ca", ""}, {"webmail.cox.net", "cox"},
	{"webmail.earthlink.net", "earthlink"}, {"webmail.frontier.com", ""}, {"webmail.juno.com", "juno"},
	{"webmail.netzero.net", "netzero"}, {"webmail.optimum.net", "optimum"}, {"webmail.roadrunner.com", "spectrum"},
	{"webmail.shaw.ca", "shaw"}, {"webmail.spectrum.net", "spectrum"}, {"webmail.sympatico.ca", "bell"},
	{"webmail.telus.net", "telus"}, {"webmail.verizon.com", "verizon"}, {"webmail.verizon.net", "verizon"},
	{"webmail.videotron.com", "videotron"}, {"webmail.windstream.net", ""}, {"webmail1.earthlink.net", "earthlink"},
	{"xfinity.com/mail", "xfinity"},

	// Latin America, Africa
	{"email.bol.uol.com.br", "bol_mail"}, {"email.globo.com", "globo_mail"}, {"email.terra.com.br", "terra"},
	{"email.uol.com.br", "uol_mail"}, {"mail.ig.com.br", "ig_mail"}, {"mail.terra.com.br", "terra"},
	{"mail.uol.com.br", "uol_mail"}, {"webmail-seguro.com.br", "locaweb"}, {"webmail.arnet.com.ar", ""},
	{"webmail.bol.com.br", "bol_mail"}, {"webmail.fibertel.com.ar", ""}, {"webmail.globo.com", "globo_mail"},
	{"webmail.ig.com.br", "ig_mail"}, {"webmail.locaweb.com.br", "locaweb"}, {"webmail.mweb.co.za", ""},
	{"webmail.prodigy.net.mx", ""}, {"webmail.speedy.com.ar", ""}, {"webmail.telkomsa.net", ""}, {"webmail.terra.com.br", "terra"},
	{"webmail.vodamail.co.za", ""}, {"webmail.webmail.co.za", ""},

	// Australia, New Zealand
	{"email.bigpond.com", "telstra"}, {"email.telstra.com", "telstra"}, {"mail.bigpond.com", "telstra"},
	{"mail.iinet.net.au", "iinet"}, {"mail.internode.on.net", ""}, {"mail.optusnet.com.au", "optus"}, {"mail.spark.co.nz", "xtra"},
	{"mail.tpg.com.au", "tpg"}, {"mail.xtra.co.nz", "xtra"}, {"webmail.aapt.net.au", ""}, {"webmail.adam.com.au", ""},
	{"webmail.bigpond.com", "telstra"}, {"webmail.dodo.com.au", ""}, {"webmail.iinet.net.au", "iinet"},
	{"webmail.iprimus.com.au", ""}, {"webmail.optusnet.com.au", "optus"}, {"webmail.optuszoo.com.au", "optus"},
	{"webmail.optuszoo.net.au", "optus"}, {"webmail.tpg.com.au", "tpg"}, {"webmail.vodafone.co.nz", "vodafone"},
	{"webmail.westnet.com.au", "iinet"}, {"webmail.xtra.co.nz", "xtra"},

	// China, Japan, Korea, India, South-East Asia, Turkey, Israel
	{"126.com", "netease_mail"}, {"appmail.mail.10086.cn", "139_mail"}, {"dmail.docomo.ne.jp", "docomo"},
	{"email.163.com", "netease_mail"}, {"exmail.qq.com", "qq_mail"}, {"f1mail.rediff.com", "rediffmail"},
	{"foxmail.com", "qq_mail"}, {"hanmail.net", "daum_mail"}, {"m.mail.daum.net", "daum_mail"}, {"m.mail.naver.com", "naver_mail"},
	{"m.mail.qq.com", "qq_mail"}, {"mail.10086.cn", "139_mail"}, {"mail.126.com", "netease_mail"}, {"mail.139.com", "139_mail"},
	{"mail.163.com", "netease_mail"}, {"mail.188.com", "netease_mail"}, {"mail.189.cn", "189_mail"}, {"mail.21cn.com", ""},
	{"mail.263.net", ""}, {"mail.aliyun.com", "aliyun_mail"}, {"mail.auone.jp", "au"}, {"mail.biglobe.ne.jp", "biglobe"},
	{"mail.com.tr", ""}, {"mail.daum.net", "daum_mail"}, {"mail.excite.co.jp", "excite"}, {"mail.goo.ne.jp", "goo_mail"},
	{"mail.hinet.net", ""}, {"mail.indiatimes.com", ""}, {"mail.infoseek.jp", "infoseek"}, {"mail.kakao.com", "daum_mail"},
	{"mail.mynet.com", "mynet"}, {"mail.nate.com", "nate_mail"}, {"mail.naver.com", "naver_mail"}, {"mail.nifty.com", "nifty_mail"},
	{"mail.ocn.ne.jp", "ocn"}, {"mail.paran.com", ""}, {"mail.pchome.com.tw", ""}, {"mail.qq.com", "qq_mail"},
	{"mail.rediff.com", "rediffmail"}, {"mail.sify.com", ""}, {"mail.sina.cn", "sina_mail"}, {"mail.sina.com", "sina_mail"},
	{"mail.sina.com.cn", "sina_mail"}, {"mail.smt.docomo.ne.jp", "docomo"}, {"mail.softbank.jp", ""},
	{"mail.sohu.com", "sohu_mail"}, {"mail.superonline.com", ""}, {"mail.tom.com", ""}, {"mail.walla.co.il", "walla_mail"},
	{"mail.wo.cn", ""}, {"mail.yam.com", ""}, {"mail.yeah.net", "netease_mail"}, {"mail.zing.vn", ""},
	{"mail3.nate.com", "nate_mail"}, {"qiye.aliyun.com", "aliyun_mail"}, {"rediffmail.com", "rediffmail"},
	{"vip.163.com", "netease_mail"}, {"w.mail.qq.com", "qq_mail"}, {"webmail.012.net.il", ""}, {"webmail.auone.jp", "au"},
	{"webmail.bezeqint.net", ""}, {"webmail.biglobe.ne.jp", "biglobe"}, {"webmail.hinet.net", ""}, {"webmail.netvision.net.il", ""},
	{"webmail.ocn.ne.jp", "ocn"}, {"webmail.plala.or.jp", ""}, {"webmail.sannet.ne.jp", ""}, {"webmail.so-net.ne.jp", "so-net"},
	{"webmail.ttmail.com", ""}, {"webmail.walla.co.il", "walla_mail"}, {"wx.mail.qq.com", "qq_mail"}, {"yeah.net", "netease_mail"},
}

// mailPortalHosts are the front pages of mail providers: most people go there
// for their mailbox, some for the news beside it.
var mailPortalHosts = []host{
	{"bluewin.ch", "bluewin"}, {"gmx.*", "gmx"}, {"rediffmailpro.com", "rediffmail"}, {"web.de", "web.de"},
}

// newsletterHosts are what newsletter tools show in the browser and send their
// clicks through. Mail, but to everybody on a list: never a private share.
var newsletterHosts = []host{
	// Mailchimp
	{"campaign-archive.com", "mailchimp"}, {"campaign-archive1.com", "mailchimp"}, {"campaign-archive2.com", "mailchimp"},
	{"list-manage.com", "mailchimp"}, {"list-manage1.com", "mailchimp"}, {"list-manage2.com", "mailchimp"},
	{"list-manage3.com", "mailchimp"}, {"list-manage4.com", "mailchimp"}, {"list-manage5.com", "mailchimp"},
	{"list-manage6.com", "mailchimp"}, {"list-manage7.com", "mailchimp"}, {"list-manage8.com", "mailchimp"},
	{"list-manage9.com", "mailchimp"}, {"mailchi.mp", "mailchimp"}, {"mailchimp.com", "mailchimp"},
	{"mandrillapp.com", "mailchimp"},

	// Others
	{"activehosted.com", "activecampaign"}, {"acumbamail.com", ""}, {"aweber.com", "aweber"}, {"beehiiv.com", "beehiiv"},
	{"brevo.com", "brevo"}, {"bronto.com", "bronto"}, {"buttondown.com", "buttondown"}, {"buttondown.email", "buttondown"},
	{"campaignmonitor.com", "campaign_monitor"}, {"ck.page", "kit"}, {"cleverreach.com", "cleverreach"},
	{"cmail19.com", "campaign_monitor"}, {"cmail20.com", "campaign_monitor"}, {"constantcontact.com", "constant_contact"},
	{"convertkit-mail.com", "kit"}, {"convertkit-mail2.com", "kit"}, {"convertkit.com", "kit"},
	{"createsend.com", "campaign_monitor"}, {"createsend1.com", "campaign_monitor"}, {"e-goi.com", ""}, {"eloqua.com", ""},
	{"emarsys.com", "emarsys"}, {"emarsys.net", "emarsys"}, {"emlnk.com", "activecampaign"}, {"esputnik.com", ""},
	{"exacttarget.com", "salesforce"}, {"exct.net", "salesforce"}, {"getresponse.com", "getresponse"}, {"getrevue.co", "revue"},
	{"gr-mail.com", ""}, {"hubspotemail.net", "hubspot"}, {"hubspotlinks.com", "hubspot"}, {"inxmail.com", ""},
	{"kit-mail3.com", "kit"}, {"klaviyo.com", "klaviyo"}, {"klaviyomail.com", "klaviyo"}, {"klclick.com", "klaviyo"},
	{"klclick1.com", "klaviyo"}, {"laposta.nl", "laposta"}, {"mailerlite.com", "mailerlite"}, {"mailgun.org", "mailgun"},
	{"mailjet.com", "mailjet"}, {"mailpoet.com", ""}, {"mjt.lu", "mailjet"}, {"mktoweb.com", "marketo"},
	{"mlsend.com", "mailerlite"}, {"newsletter2go.com", "newsletter2go"}, {"nl2go.com", "newsletter2go"}, {"omnisend.com", ""},
	{"pardot.com", "salesforce"}, {"rapidmail.de", "rapidmail"}, {"responsys.net", "responsys"}, {"rs6.net", "constant_contact"},
	{"sailthru.com", ""}, {"sendgrid.net", "sendgrid"}, {"sendinblue.com", "brevo"}, {"sendy.co", ""}, {"sibforms.com", "brevo"},
	{"subscribe.ru", "subscribe.ru"}, {"tinyletter.com", "tinyletter"}, {"unisender.com", "unisender"},
}
