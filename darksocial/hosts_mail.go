package darksocial

// mailHosts are mailboxes in the browser, and the redirectors mailboxes put
// before the links in a mail. Who reads a mail there got it from a person or
// from a newsletter; newsletters that mind tag their links.
var mailHosts = []host{
	// Google, Microsoft, Yahoo, AOL, Apple
	{"gmail.*", "gmail"}, {"googlemail.com", "gmail"}, {"hotmail.*", "outlook"}, {"icloud.com/mail", "icloud_mail"},
	{"inbox.google.com", "gmail"}, {"mail.aol.*", "aol_mail"}, {"mail.google.*", "gmail"}, {"mail.live.com", "outlook"},
	{"mail.mac.com", "icloud_mail"}, {"mail.me.com", "icloud_mail"}, {"mail.office365.com", "outlook"},
	{"mail.yahoo.*", "yahoo_mail"}, {"mail.yahoo.co.jp", "yahoo_mail"}, {"mail.yahoo.net", "yahoo_mail"},
	{"mymail.aol.com", "aol_mail"}, {"outlook.cloud.microsoft", "outlook"}, {"outlook.com", "outlook"}, {"outlook.de", "outlook"},
	{"outlook.live.com", "outlook"}, {"outlook.office.com", "outlook"}, {"outlook.office365.com", "outlook"},
	{"outlook.office365.us", "outlook"}, {"safelinks.protection.outlook.com", "outlook"}, {"webmail.aol.com", "aol_mail"},
	{"ymail.com", "yahoo_mail"},

	// Germany: GMX, WEB.DE, 1&1, IONOS, Telekom, freenet and others
	{"3c-bap.gmx.*", "gmx"}, {"3c-bap.web.de", "web.de"}, {"3c-bs.gmx.*", "gmx"}, {"3c-bs.web.de", "web.de"},
	{"3c-lxa.web.de", "web.de"}, {"3c.gmx.*", "gmx"}, {"3c.web.de", "web.de"}, {"communicator.strato.*", "strato"},
	{"deref-1und1-02.de", "1und1"}, {"deref-1und1.de", "1und1"}, {"deref-gmx.*", "gmx"}, {"deref-mail.com", "mail.com"},
	{"deref-web-02.de", "web.de"}, {"deref-web.de", "web.de"}, {"email.de", "web.de"}, {"email.freenet.de", "freenet"},
	{"email.ionos.*", "ionos"}, {"email.o2online.de", "o2"}, {"email.t-online.de", "t-online"}, {"email.vodafone.de", "vodafone"},
	{"exchange.ionos.*", "ionos"}, {"freemail.web.de", "web.de"}, {"lightmailer-bap.gmx.*", "gmx"},
	{"lightmailer-bap.web.de", "web.de"}, {"lightmailer-bs.gmx.*", "gmx"}, {"lightmailer-bs.web.de", "web.de"},
	{"lightmailer.gmx.*", "gmx"}, {"lightmailer.web.de", "web.de"}, {"m.freemail.web.de", "web.de"}, {"mail.1and1.*", "1und1"},
	{"mail.1und1.de", "1und1"}, {"mail.arcor.de", "vodafone"}, {"mail.com", "mail.com"}, {"mail.de", "mail.de"},
	{"mail.freenet.de", "freenet"}, {"mail.gmx.*", "gmx"}, {"mail.ionos.*", "ionos"}, {"mail.kabelmail.de", "vodafone"},
	{"mail.magenta.de", "t-online"}, {"mail.o2mail.de", "o2"}, {"mail.o2online.de", "o2"}, {"mail.unitymedia.de", "vodafone"},
	{"mail.vodafone.de", "vodafone"}, {"mailbox.org", "mailbox.org"}, {"mailbusiness.ionos.*", "ionos"},
	{"mailxchange.1und1.de", "1und1"}, {"navigator.gmx.*", "gmx"}, {"navigator.web.de", "web.de"}, {"office.freenet.de", "freenet"},
	{"posteo.de", "posteo"}, {"posteo.net", "posteo"}, {"tuta.com", "tuta"}, {"tutanota.com", "tuta"}, {"tutanota.de", "tuta"},
	{"webmail.1and1.*", "1und1"}, {"webmail.1und1.*", "1und1"}, {"webmail.arcor.de", "vodafone"}, {"webmail.freenet.de", "freenet"},
	{"webmail.ionos.*", "ionos"}, {"webmail.strato.*", "strato"}, {"webmail.t-online.de", "t-online"},
	{"webmail.vodafone.de", "vodafone"},

	// Austria, Switzerland
	{"mail.a1.net", "a1"}, {"mail.bluewin.ch", "bluewin"}, {"mail.hispeed.ch", "upc"}, {"mail.infomaniak.com", "infomaniak"},
	{"mail.sunrise.ch", "sunrise"}, {"rich-v01.bluewin.ch", "bluewin"}, {"rich-v02.bluewin.ch", "bluewin"},
	{"webmail.a1.net", "a1"}, {"webmail.aon.at", "a1"}, {"webmail.bluewin.ch", "bluewin"}, {"webmail.hispeed.ch", "upc"},
	{"webmail.infomaniak.com", "infomaniak"}, {"webmail.sunrise.ch", "sunrise"},

	// Private mail
	{"app.hey.com", "hey"}, {"app.skiff.com", "skiff"}, {"fastmail.com", "fastmail"}, {"fastmail.fm", "fastmail"},
	{"hushmail.com", "hushmail"}, {"kolabnow.com", ""}, {"mail.ovh.net", "ovh"}, {"mail.proton.me", "proton"},
	{"mail.protonmail.com", "proton"}, {"mail.riseup.net", "riseup"}, {"mail.skiff.com", "skiff"},
	{"mail.superhuman.com", "superhuman"}, {"mail.zoho.*", "zoho_mail"}, {"mailfence.com", "mailfence"}, {"pm.me", "proton"},
	{"proton.me", "proton"}, {"protonmail.ch", "proton"}, {"protonmail.com", "proton"}, {"runbox.com", "runbox"},
	{"startmail.com", "startmail"}, {"webmail.gandi.net", "gandi"}, {"zmail.zoho.com", "zoho_mail"},

	// Hosting and office suites
	{"app.frontapp.com", ""}, {"apps.rackspace.com", ""}, {"email.godaddy.com", "godaddy"}, {"email.secureserver.net", "godaddy"},
	{"mail.aruba.it", "aruba"}, {"mail.ovh.com", "ovh"}, {"privateemail.com", ""}, {"ssl0.ovh.net", "ovh"}, {"titan.email", ""},
	{"webmail.aruba.it", "aruba"}, {"webmail.loopia.se", "loopia"}, {"webmail.pec.it", "aruba"},
	{"webmaildomini.aruba.it", "aruba"},

	// France, Belgium, Netherlands, Luxembourg
	{"caramail.com", "caramail"}, {"imp.free.fr", "free"}, {"laposte.net", "laposte"}, {"mail.bbox.fr", "bouygues"},
	{"mail.bouyguestelecom.fr", "bouygues"}, {"mail.free.fr", "free"}, {"mail.orange.fr", "orange"},
	{"mail.proximus.be", "proximus"}, {"mail.sfr.fr", "sfr"}, {"mail.telenet.be", "telenet"}, {"mail.upcmail.nl", "ziggo"},
	{"mail.ziggo.nl", "ziggo"}, {"mail01.orange.fr", "orange"}, {"mail02.orange.fr", "orange"}, {"mailo.com", "mailo"},
	{"messagerie-1.sfr.fr", "sfr"}, {"messagerie-2.sfr.fr", "sfr"}, {"messagerie.orange.fr", "orange"},
	{"messagerie.sfr.fr", "sfr"}, {"messageriepro3.orange.fr", "orange"}, {"orange.fr/webmail", "orange"},
	{"webmail.bbox.fr", "bouygues"}, {"webmail.bouyguestelecom.fr", "bouygues"}, {"webmail.free.fr", "free"},
	{"webmail.hetnet.nl", "kpn"}, {"webmail.kpn.com", "kpn"}, {"webmail.kpnmail.nl", "kpn"}, {"webmail.netcourrier.com", "mailo"},
	{"webmail.numericable.fr", "sfr"}, {"webmail.orange.fr", "orange"}, {"webmail.planet.nl", "kpn"},
	{"webmail.proximus.be", "proximus"}, {"webmail.sfr.fr", "sfr"}, {"webmail.skynet.be", "proximus"},
	{"webmail.telenet.be", "telenet"}, {"webmail.upcmail.nl", "ziggo"}, {"webmail.voo.be", "voo"}, {"webmail.xs4all.nl", "xs4all"},
	{"webmail.ziggo.nl", "ziggo"}, {"zimbra.free.fr", "free"},

	// Italy, Spain, Portugal, Greece
	{"correo.movistar.es", "movistar"}, {"correo.ono.com", ""}, {"correo.orange.es", "orange"}, {"correo.terra.com", "terra"},
	{"email.it", "email.it"}, {"mail.alice.it", "tim"}, {"mail.in.gr", ""}, {"mail.libero.it", "libero_mail"}, {"mail.sapo.pt", "sapo"},
	{"mail.tim.it", "tim"}, {"mail.tiscali.it", "tiscali"}, {"mail.virgilio.it", "virgilio"}, {"mail1.libero.it", "libero_mail"},
	{"posta.libero.it", "libero_mail"}, {"webmail.alice.it", "tim"}, {"webmail.inwind.it", "libero_mail"}, {"webmail.libero.it", "libero_mail"},
	{"webmail.orange.es", "orange"}, {"webmail.sapo.pt", "sapo"}, {"webmail.tiscali.it", "tiscali"},
	{"webmail.virgilio.it", "virgilio"}, {"webmail.vodafone.gr", "vodafone"},

	// United Kingdom, Ireland
	{"btmail.bt.com", "bt"}, {"email.bt.com", "bt"}, {"email.btinternet.com", "bt"}, {"email.ee.co.uk", "ee"},
	{"mail.bt.com", "bt"}, {"mail.btinternet.com", "bt"}, {"mail.eircom.net", "eir"}, {"mail.sky.com", "sky"},
	{"mail.talktalk.co.uk", "talktalk"}, {"mail.virginmedia.com", "virgin_media"}, {"mail2.virginmedia.com", "virgin_media"},
	{"webmail.eir.ie", "eir"}, {"webmail.eircom.net", "eir"}, {"webmail.orange.co.uk", "orange"}, {"webmail.plus.com", "plusnet"},
	{"webmail.plus.net", "plusnet"}, {"webmail.talktalk.co.uk", "talktalk"}, {"webmail.virgin.net", "virgin_media"},
	{"webmail.virginmedia.com", "virgin_media"},

	// Scandinavia, Finland, Baltics
	{"epost.online.no", "telenor"}, {"epost.telenor.no", "telenor"}, {"inbox.eu", "inbox.lv"}, {"inbox.lt", "inbox.lv"},
	{"inbox.lv", "inbox.lv"}, {"mail.comhem.se", "comhem"}, {"mail.ee", ""}, {"mail.jubii.dk", ""}, {"mail.luukku.com", "luukku"},
	{"mail.one.lt", ""}, {"mail.suomi24.fi", ""}, {"webmail.bredband.net", "telenor"}, {"webmail.comhem.se", "comhem"},
	{"webmail.elisa.fi", "elisa"}, {"webmail.inet.fi", "telia"}, {"webmail.luukku.com", "luukku"},
	{"webmail.telenor.no", "telenor"}, {"webmail.telenor.se", "telenor"}, {"webmail.telia.com", "telia"},

	// Poland, Czechia, Slovakia, Hungary, the Balkans
	{"abv.bg", "abv"}, {"amail.centrum.cz", "centrum_mail"}, {"citromail.hu", "citromail"}, {"email.seznam.cz", "seznam_email"},
	{"emaily.azet.sk", "azet"}, {"freemail.hu", "freemail.hu"}, {"indamail.hu", ""}, {"int.pl", "int.pl"},
	{"mail.atlas.cz", "atlas_mail"}, {"mail.azet.sk", "azet"}, {"mail.bg", "mail.bg"}, {"mail.centrum.cz", "centrum_mail"},
	{"mail.centrum.sk", "centrum_mail"}, {"mail.dir.bg", ""}, {"mail.seznam.cz", "seznam_email"}, {"mail.zoznam.sk", ""},
	{"poczta.gazeta.pl", "gazeta_poczta"}, {"poczta.home.pl", "home.pl"}, {"poczta.interia.pl", "interia_poczta"},
	{"poczta.nazwa.pl", "nazwa.pl"}, {"poczta.o2.pl", "o2_poczta"}, {"poczta.onet.eu", "onet_poczta"},
	{"poczta.onet.pl", "onet_poczta"}, {"poczta.op.pl", "onet_poczta"}, {"poczta.wp.pl", "wp_poczta"}, {"prijava.siol.net", ""},
	{"webmail.tiscali.cz", ""},

	// Russia, Ukraine, Belarus
	{"account.mail.ru", "mail.ru"}, {"click.mail.ru", "mail.ru"}, {"e.mail.ru", "mail.ru"}, {"inbox.ru", "mail.ru"},
	{"light.mail.ru", "mail.ru"}, {"m.mail.ru/messages", "mail.ru"}, {"mail.bigmir.net", ""}, {"mail.i.ua", "i.ua"},
	{"mail.km.ru", ""}, {"mail.meta.ua", "meta.ua"}, {"mail.online.ua", ""}, {"mail.qip.ru", "qip"},
	{"mail.rambler.ru", "rambler_mail"}, {"mail.tut.by", "tut.by"}, {"mail.ukr.net", "ukr.net"}, {"mail.ya.ru", "yandex_mail"},
	{"mail.yandex-team.ru", "yandex_mail"}, {"mail.yandex.*", "yandex_mail"}, {"mbox.i.ua", "i.ua"}, {"mbox2.i.ua", "i.ua"},
	{"octavius.mail.ru", "mail.ru"}, {"pochta.ru", "qip"}, {"post.ru", ""}, {"sibmail.com", ""}, {"tel.mail.ru", "mail.ru"},
	{"touch.mail.ru", "mail.ru"}, {"webmail.meta.ua", "meta.ua"}, {"win.mail.ru", "mail.ru"},

	// United States, Canada
	{"connect.xfinity.com", "xfinity"}, {"courrielweb.videotron.com", "videotron"}, {"currently.att.yahoo.com", "att"},
	{"inbox.com", "inbox.com"}, {"lavabit.com", ""}, {"mail.att.net", "att"}, {"mail.charter.net", "spectrum"},
	{"mail.comcast.net", "xfinity"}, {"mail.excite.com", ""}, {"mail.lycos.com", ""}, {"mail.optimum.net", "optimum"},
	{"mail.rogers.com", "rogers"}, {"mail.twc.com", "spectrum"}, {"mail2web.com", "mail2web"}, {"mail2world.com", ""},
	{"mailcenter.comcast.net", "xfinity"}, {"webmail.att.net", "att"}, {"webmail.bell.net", "bell"}, {"webmail.cox.net", "cox"},
	{"webmail.earthlink.net", "earthlink"}, {"webmail.juno.com", "juno"}, {"webmail.netzero.net", "netzero"},
	{"webmail.optimum.net", "optimum"}, {"webmail.roadrunner.com", "spectrum"}, {"webmail.shaw.ca", "shaw"},
	{"webmail.spectrum.net", "spectrum"}, {"webmail.sympatico.ca", "bell"}, {"webmail.telus.net", "telus"},
	{"webmail.verizon.com", "verizon"}, {"webmail.verizon.net", "verizon"}, {"webmail.videotron.com", "videotron"},
	{"webmail1.earthlink.net", "earthlink"}, {"xfinity.com/mail", "xfinity"},

	// Latin America, Africa
	{"email.bol.uol.com.br", "bol_mail"}, {"email.globo.com", "globo_mail"}, {"email.terra.com.br", "terra"},
	{"email.uol.com.br", "uol_mail"}, {"mail.ig.com.br", "ig_mail"}, {"mail.terra.com.br", "terra"},
	{"mail.uol.com.br", "uol_mail"}, {"webmail-seguro.com.br", "locaweb"}, {"webmail.bol.com.br", "bol_mail"},
	{"webmail.globo.com", "globo_mail"}, {"webmail.ig.com.br", "ig_mail"}, {"webmail.locaweb.com.br", "locaweb"},
	{"webmail.terra.com.br", "terra"},

	// Australia, New Zealand
	{"email.bigpond.com", "telstra"}, {"email.telstra.com", "telstra"}, {"mail.bigpond.com", "telstra"},
	{"mail.iinet.net.au", "iinet"}, {"mail.optusnet.com.au", "optus"}, {"mail.spark.co.nz", "xtra"}, {"mail.tpg.com.au", "tpg"},
	{"mail.xtra.co.nz", "xtra"}, {"webmail.bigpond.com", "telstra"}, {"webmail.iinet.net.au", "iinet"},
	{"webmail.optusnet.com.au", "optus"}, {"webmail.optuszoo.com.au", "optus"}, {"webmail.optuszoo.net.au", "optus"},
	{"webmail.tpg.com.au", "tpg"}, {"webmail.vodafone.co.nz", "vodafone"}, {"webmail.westnet.com.au", "iinet"},
	{"webmail.xtra.co.nz", "xtra"},

	// China, Japan, Korea, India, South-East Asia, Turkey, Israel
	{"126.com", "netease_mail"}, {"dmail.docomo.ne.jp", "docomo"}, {"email.163.com", "netease_mail"}, {"exmail.qq.com", "qq_mail"},
	{"f1mail.rediff.com", "rediffmail"}, {"foxmail.com", "qq_mail"}, {"hanmail.net", "daum_mail"}, {"mail.10086.cn", "139_mail"},
	{"mail.139.com", "139_mail"}, {"mail.163.com", "netease_mail"}, {"mail.188.com", "netease_mail"}, {"mail.189.cn", "189_mail"},
	{"mail.aliyun.com", "aliyun_mail"}, {"mail.auone.jp", "au"}, {"mail.biglobe.ne.jp", "biglobe"}, {"mail.daum.net", "daum_mail"},
	{"mail.excite.co.jp", "excite"}, {"mail.goo.ne.jp", "goo_mail"}, {"mail.infoseek.jp", "infoseek"},
	{"mail.kakao.com", "daum_mail"}, {"mail.mynet.com", "mynet"}, {"mail.nate.com", "nate_mail"}, {"mail.naver.com", "naver_mail"},
	{"mail.nifty.com", "nifty_mail"}, {"mail.ocn.ne.jp", "ocn"}, {"mail.paran.com", ""}, {"mail.pchome.com.tw", ""},
	{"mail.qq.com", "qq_mail"}, {"mail.rediff.com", "rediffmail"}, {"mail.sify.com", ""}, {"mail.sina.cn", "sina_mail"},
	{"mail.sina.com", "sina_mail"}, {"mail.sina.com.cn", "sina_mail"}, {"mail.smt.docomo.ne.jp", "docomo"},
	{"mail.sohu.com", "sohu_mail"}, {"mail.tom.com", ""}, {"mail.walla.co.il", "walla_mail"}, {"mail.yam.com", ""},
	{"mail.zing.vn", ""}, {"mail3.nate.com", "nate_mail"}, {"qiye.aliyun.com", "aliyun_mail"}, {"rediffmail.com", "rediffmail"},
	{"vip.163.com", "netease_mail"}, {"webmail.auone.jp", "au"}, {"webmail.biglobe.ne.jp", "biglobe"}, {"webmail.ocn.ne.jp", "ocn"},
	{"webmail.so-net.ne.jp", "so-net"}, {"webmail.walla.co.il", "walla_mail"}, {"yeah.net", "netease_mail"},
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
